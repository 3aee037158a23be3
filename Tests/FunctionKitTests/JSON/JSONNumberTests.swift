import FunctionKit
import Testing

@Suite struct `JSON numbers` {
  @Test(
    arguments: [
      ("5", 5), ("5.0", 5), ("5e2", 500), ("5.5", nil), ("5.50e1", 55), ("50e-1", 5), ("5e-1", nil), ("-0", 0),
      ("0.000", 0), ("0e99999999999999999999", 0), ("1e99999999999999999999", nil), ("1e-99999999999999999999", nil),
      ("9007199254740993", 9_007_199_254_740_993), ("9007199254740993.0", 9_007_199_254_740_993),
      ("9223372036854775807", .max), ("9223372036854775808", nil), ("-9223372036854775808", .min),
      ("-922337203685477580.8e1", .min), ("-9223372036854775809", nil), ("0.00012e5", 12), ("1E+3", 1000),
    ] as [(String, Int?)])
  func `are whole only when they are exactly so`(text: String, value: Int?) throws {
    #expect(try #require(JSONNumber(text)).int == value)
  }

  @Test(arguments: ["", " 1", "1 ", "+1", "01", "1.", ".1", "0x1", "nan", "inf", "1e", "١"])
  func `follow the grammar`(text: String) {
    #expect(JSONNumber(text) == nil)
  }

  @Test func `turn into doubles`() throws {
    #expect(try #require(JSONNumber("0.1")).double == 0.1)
    #expect(try #require(JSONNumber("-2.5e-3")).double == -0.0025)
    #expect(try #require(JSONNumber("1e999")).double == .infinity)
    #expect(JSONNumber(exactly: .nan) == nil)
    #expect(JSONNumber(exactly: 2)?.text == "2")
  }

  @Test func `pass through types unread`() throws {
    struct Payment: Codable { var amount: JSONNumber }
    let bytes = Array(#"{"amount":150000.00}"#.utf8)
    let payment = try decodeJSON(Payment.self, from: bytes)
    #expect(payment.amount.int == 150_000)
    #expect(try encodeJSON(payment) == bytes)
    #expect(throws: ValidationFailure(errors: [FieldError(field: "amount", message: "must be a number", code: "type")]))
    {
      try decodeJSON(Payment.self, from: ["amount": "150000"])
    }
  }
}
