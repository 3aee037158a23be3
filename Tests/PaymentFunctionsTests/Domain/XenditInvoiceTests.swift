import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct XenditInvoiceTests {
  private static func report(_ changes: [(String, JSON)]) throws -> GatewayReport {
    var body: JSONObject = [
      "id": "69681f3a9b7c4d00118e52aa", "external_id": "inv_1", "status": "PAID", "amount": 187_500,
      "paid_amount": 187_500, "currency": "IDR", "payment_channel": "DANA", "payment_id": "ewc_1",
    ]
    for (name, value) in changes { body[name] = value }
    return try decodeJSON(XenditInvoice.self, from: .object(body)).report()
  }

  @Test func `a paid one tells how much came, and how`() throws {
    let report = try Self.report([("paid_amount", 200_000)])
    #expect(report.amount == 200_000)
    #expect(report.channel == "DANA")
    #expect(report.paymentId == "ewc_1")
  }

  @Test func `whole rupiah may be written with a point`() throws {
    #expect(try Self.report([("paid_amount", .number(#require(JSONNumber("187500.00"))))]).amount == 187_500)
  }

  @Test(arguments: [
    ("paid_amount", JSON.number(JSONNumber("187500.5")!)), ("amount", .number(JSONNumber("0.1")!)),
    ("currency", "USD"), ("status", "REFUNDED"), ("paid_amount", -5),
  ])
  func `what makes no sense is for a person`(field: String, value: JSON) throws {
    #expect(throws: Unreadable.self) { try Self.report([(field, value)]) }
  }

  @Test(arguments: [
    (400, #"{"error_code":"API_VALIDATION_ERROR","message":"no"}"#, true),
    (404, #"{"error_code":"X","message":"no"}"#, true), (401, #"{"error_code":"INVALID_API_KEY"}"#, false),
    (403, "{}", false), (429, #"{"error_code":"RATE_LIMIT_EXCEEDED"}"#, false), (500, "<html>", false),
    (503, "", false),
  ])
  func `only a refusal of the request itself is final`(status: Int, body: String, isFinal: Bool) throws {
    let response = UpstreamResponse(status: status, headers: [], body: Array(body.utf8))
    let failure = try #require(GatewayFailure(response))
    if case .refused = failure { #expect(isFinal) } else { #expect(!isFinal) }
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func `credentials are base 64 as RFC 4648 has it`(plain: String, encoded: String) {
    #expect(base64Encode(Array(plain.utf8)) == encoded)
  }
}
