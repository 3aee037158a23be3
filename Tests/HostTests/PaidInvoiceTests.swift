import FaultTesting
import Foundation
import FunctionKit
import Testing

/// From a clone to a paid invoice: the whole host over real sockets, with its own PostgreSQL and the provider sandbox.
@Suite(.serialized) struct `From a clone to a paid invoice` {
  static let payer = "018f2f5e-7b1a-7c3d-9e4f-0123456789ab"

  @Test(arguments: [[], ["payment", "notification"], ["address", "sandbox"]])
  func `look up, create, pay, be notified, expire, stop and come back`(dedicated: [String]) throws {
    let copy = try ProjectCopy()
    for bundle in dedicated { try copy.giveOwnWorkers(to: bundle) }
    let host = try RunningHost(root: copy.root)
    defer { host.cleanUp() }
    try host.start()
    try lookUpPostalCode(host)
    let paid = try createPayment(host, order: "018f2f5e-0000-7000-8000-000000000001")
    try registerDevice(host)
    try pay(host, paid)
    try seeNotification(host)
    try seeOutbox(host)
    let unpaid = try createPayment(host, order: "018f2f5e-0000-7000-8000-000000000002")
    try expire(host, unpaid)
    try stopAndComeBack(host, paid)
  }

  private func lookUpPostalCode(_ host: RunningHost) throws {
    for door in [Door.gateway, .address] {
      let reply = try HTTP.get(host.port(door), "/postal-codes/10310")
      #expect(reply.status == 200)
      let place = reply.data["places"]?[0]
      #expect(place?["district"]?["name"]?.string == "Menteng")
      #expect(place?["city"]?["name"]?.string == "Kota Jakarta Pusat")
    }
    #expect(try HTTP.get(host.port(.gateway), "/provinces").data.array?.count == 38)
    #expect(try HTTP.get(host.port(.gateway), "/postal-codes/99999").json["code"]?.string == "unknown_postal_code")
  }

  private func createPayment(_ host: RunningHost, order: String) throws -> JSON {
    let body = """
      {"userId":"\(Self.payer)","orders":[{"orderId":"\(order)","orderNumber":"ORD-1","lines":[
        {"sellerId":"018f2f5e-0000-7000-8000-0000000000aa","merchandiseAmount":250000,"shippingAmount":20000}]}],
       "customer":{"name":"Pembeli"}}
      """
    let key = ["idempotency-key": "checkout:\(order)"].merging(HTTP.service) { $1 }
    let first = try HTTP.send(host.port(.payment), "POST", "/create", headers: key, body: body)
    #expect(first.status == 201, "\(first.text)")
    #expect(first.data["amountDue"]?.int == 279_250)
    let again = try HTTP.send(host.port(.payment), "POST", "/create", headers: key, body: body)
    #expect(again.body == first.body)
    #expect(again.headers["idempotency-replayed"] == "true")
    return first.data
  }

  private func pay(_ host: RunningHost, _ created: JSON) throws {
    let url = try #require(created["invoice"]?["url"]?.string)
    #expect(url.hasPrefix("http://127.0.0.1:\(host.port(.sandbox))/web/"))
    let path = String(try #require(URL(string: url)).path)
    let page = try HTTP.get(host.port(.sandbox), path)
    #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
    #expect(page.text.contains("Rp"))
    #expect(page.text.contains("\(path)/pay"))
    #expect(try HTTP.send(host.port(.sandbox), "POST", "\(path)/pay").status == 303)
    try waitUntil("the payment is paid") { try status(host, created) == "paid" }
  }

  private func registerDevice(_ host: RunningHost) throws {
    let body = #"{"platform":"android","token":"token-of-the-payer"}"#
    let reply = try HTTP.send(
      host.port(.notification), "POST", "/devices", headers: HTTP.user(Self.payer), body: body)
    #expect(reply.status == 200, "\(reply.text)")
  }

  private func seeOutbox(_ host: RunningHost) throws {
    try host.advanceClock(seconds: 31)
    try waitUntil("the push is in the outbox", seconds: 60) {
      try HTTP.get(host.port(.sandbox), "/sandbox/outbox").text.contains("token-of-the-payer")
    }
  }

  private func seeNotification(_ host: RunningHost) throws {
    try waitUntil("the notification is there") {
      let reply = try HTTP.get(host.port(.notification), "/notifications", headers: HTTP.user(Self.payer))
      return reply.data.array?.contains { $0["type"]?.string == "payment_success" } == true
    }
    let count = try HTTP.get(host.port(.notification), "/notifications/unread-count", headers: HTTP.user(Self.payer))
    #expect(count.data["count"]?.int == 1)
  }

  private func expire(_ host: RunningHost, _ created: JSON) throws {
    try host.advanceClock(seconds: 25 * 3600)
    try waitUntil("the payment has expired", seconds: 30) { try status(host, created) == "expired" }
    try waitUntil("the payer is told") {
      let reply = try HTTP.get(host.port(.notification), "/notifications", headers: HTTP.user(Self.payer))
      return reply.data.array?.contains { $0["type"]?.string == "payment_expired" } == true
    }
  }

  private func stopAndComeBack(_ host: RunningHost, _ paid: JSON) throws {
    #expect(host.stop() == 0)
    #expect(!FileManager.default.fileExists(atPath: host.state + "/postgres/postmaster.pid"))
    try host.start()
    #expect(try status(host, paid) == "paid")
    let clock = try HTTP.get(host.port(.admin), "/clock", headers: HTTP.admin)
    #expect(clock.json["shiftSeconds"]?.int == 25 * 3600 + 31, "a clock that went back would leave schedules silent")
  }

  private func status(_ host: RunningHost, _ created: JSON) throws -> String? {
    let id = try #require(created["payments"]?[0]?["id"]?.string)
    return try HTTP.get(host.port(.payment), "/payments/\(id)", headers: HTTP.service).data["status"]?.string
  }
}
