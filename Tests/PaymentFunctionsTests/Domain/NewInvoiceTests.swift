import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct NewInvoiceTests {
  @Test(arguments: [
    ("0812-3456-7890", "+6281234567890"), ("+62 812 3456 7890", "+6281234567890"), ("6281234567890", "+6281234567890"),
    ("12", nil), ("rumah", nil),
  ])
  func `a telephone number is sent in its international form or not at all`(text: String, number: String?) {
    #expect(internationalNumber(text) == number)
  }

  @Test func `what is not known is left out`() throws {
    let invoice = NewInvoice(.sample(.creating), for: [.sample(1, gateway: 100)], at: Instant(seconds: 0))
    let body = try JSON.parse(encodeJSON(invoice))
    #expect(body.object?.members.map(\.name).contains("payment_methods") == false)
    #expect(body["customer"] == .object([:]))
    #expect(body["items"]?[0]?["price"] == 100)
    #expect(body["amount"] == 100)
  }
}
