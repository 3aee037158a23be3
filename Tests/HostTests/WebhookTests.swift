import FaultTesting
import Foundation
import FunctionKit
import Testing

/// What a provider does to its customers: repeat itself, and come too late.
@Suite(.serialized) struct `Webhooks through the door` {
  @Test func `the same delivery five times pays once, and money after the end is returned`() async throws {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    let paid = try create(host, order: "018f2f5e-0000-7000-8000-000000000011")
    let answers = try (0..<5).map { _ in try deliver(host, paid) }
    #expect(answers == [#"{"received":true}"#] + Array(repeating: #"{"received":true,"duplicate":true}"#, count: 4))
    try await waitUntil("the payment is paid") {
      try await host.value(in: "payment", Self.paidEvents) == 1
    }
    try await waitUntil("the payer is told") {
      try await host.value(in: "notification", Self.notifications) == 1
    }

    let late = try create(host, order: "018f2f5e-0000-7000-8000-000000000012")
    try host.advanceClock(seconds: 25 * 3600)
    try await waitUntil("the payment has expired", seconds: 30) {
      try await host.value(in: "payment", "select count(*) from payment where status = 'expired'") == 1
    }
    _ = try deliver(host, late)
    try await waitUntil("the late money is booked") {
      try await host.value(in: "payment", "select count(*) from lakoo.outbox where type = 'payment.late_captured'") == 1
    }
    #expect(try await host.value(in: "payment", Self.paidEvents) == 1)
    #expect(try await host.value(in: "payment", "select count(*) from payment where status = 'expired'") == 1)
    #expect(try await host.value(in: "payment", "select count(*) from refund where status = 'approved'") == 1)
    #expect(try await host.value(in: "payment", Self.unbalanced) == 0)
  }

  @Test func `a wrong token leaves nothing behind`() async throws {
    let host = try SharedHost.running.get()
    let before = try await host.value(in: "payment", "select count(*) from lakoo.inbox")
    let reply = try HTTP.send(
      host.port(.gateway), "POST", "/webhooks/xendit/invoice", headers: ["x-callback-token": "guess"], body: "{}")
    #expect(reply.status == 401)
    #expect(try await host.value(in: "payment", "select count(*) from lakoo.inbox") == before)
  }

  @Test(arguments: ["/webhooks/sendgrid", "/webhooks/twilio", "/webhooks/whatsapp"])
  func `a carrier's report that it has not signed leaves nothing behind`(path: String) async throws {
    let host = try SharedHost.running.get()
    let before = try await host.value(in: "notification", "select count(*) from lakoo.inbox")
    let forged = [
      [:], ["x-whatsapp-signature": "00", "x-twilio-signature": "AAAA"],
      [
        "x-twilio-email-event-webhook-timestamp": "1", "x-twilio-email-event-webhook-signature": "MAYCAQECAQE=",
      ],
    ]
    for headers in forged {
      let reply = try HTTP.send(host.port(.gateway), "POST", path, headers: headers, body: "[]")
      #expect(reply.status == 401 || reply.status == 415, "\(reply.status) \(reply.text)")
    }
    #expect(try await host.value(in: "notification", "select count(*) from lakoo.inbox") == before)
  }

  private static let paidEvents: SQL = "select count(*) from lakoo.outbox where type = 'payment.paid'"
  private static let notifications: SQL = "select count(*) from notification where type = 'payment_success'"
  private static let unbalanced: SQL = """
    select count(*) from (
      select from transaction_ledger_entry group by transaction_id having sum(amount) <> 0) unbalanced
    """

  private struct Invoice {
    var id: String
    var externalID: String
    var amount: Int
  }

  private func create(_ host: RunningHost, order: String) throws -> Invoice {
    let body = """
      {"userId":"\(`From a clone to a paid invoice`.payer)","customer":{"name":"Pembeli"},
       "orders":[{"orderId":"\(order)","orderNumber":"ORD","lines":[{"merchandiseAmount":100000}]}]}
      """
    let headers = HTTP.service.merging(["idempotency-key": order]) { $1 }
    let reply = try HTTP.send(host.port(.payment), "POST", "/create", headers: headers, body: body)
    let url = try #require(reply.data["invoice"]?["url"]?.string)
    let id = String(url.split(separator: "/").last ?? "")
    let key = "Basic " + Data("xnd_development_lakoo-secret-key-0123456789:".utf8).base64EncodedString()
    let invoice = try HTTP.get(host.port(.sandbox), "/v2/invoices/\(id)", headers: ["authorization": key])
    return Invoice(
      id: id, externalID: try #require(invoice.json["external_id"]?.string),
      amount: try #require(invoice.json["amount"]?.int))
  }

  private func deliver(_ host: RunningHost, _ invoice: Invoice) throws -> String {
    let body = """
      {"id":"\(invoice.id)","external_id":"\(invoice.externalID)","user_id":"6512ab90cd34ef5678901234",
       "status":"PAID","merchant_name":"LAKOO","amount":\(invoice.amount),"paid_amount":\(invoice.amount),
       "currency":"IDR","paid_at":"2026-01-15T08:41:10.000Z","payment_method":"EWALLET","payment_channel":"DANA",
       "payment_id":"ewc_\(invoice.id)","created":"2026-01-15T08:30:00.412Z","updated":"2026-01-15T08:41:11.020Z"}
      """
    let token = ["x-callback-token": "lakoo-development-xendit-token-0123456789"]
    return try HTTP.send(host.port(.gateway), "POST", "/webhooks/xendit/invoice", headers: token, body: body).text
  }
}
