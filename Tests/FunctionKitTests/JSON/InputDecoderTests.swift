import FunctionKit
import Testing

/// What a decoding reports, as `field: message (code)`.
func refusals<T: Decodable>(_ type: T.Type, _ decoder: InputDecoder) -> [String] {
  do {
    _ = try decoder.decode(type)
    return []
  } catch let failure as ValidationFailure {
    return failure.errors.map { "\($0.field): \($0.message) (\($0.code))" }
  } catch {
    return ["unexpected: \(error)"]
  }
}

private func refusals<T: Decodable>(_ type: T.Type, _ body: JSON) -> [String] {
  refusals(type, InputDecoder(body: body))
}

@Suite struct `Reporting every bad field` {
  enum Courier: String, Decodable, CaseIterable { case jne, sicepat }

  struct Line: Decodable {
    var productId: String
    var merchandiseAmount: Int
    var gift: Bool?
  }

  struct Order: Decodable {
    var courier: Courier
    var lines: [Line]
    var note: String?
  }

  struct Input: Decodable {
    var orders: [Order]
    var address: Address
    var consent: Bool
    var weights: [Double]
  }

  struct Address: Decodable {
    var street: String
    var area: [String: Int]
  }

  @Test func `lists them all with their paths`() {
    let body: JSON = [
      "orders": [
        [
          "courier": "pos", "lines": [["productId": "a", "merchandiseAmount": 1], ["merchandiseAmount": 1.5]],
          "note": 5,
        ],
        ["lines": ["x", ["productId": 7, "merchandiseAmount": "5", "gift": 0]]],
        ["courier": nil, "lines": ["productId": "a"]],
      ],
      "address": ["area": ["x": true, "y": 2]], "weights": [1, "2", nil],
    ]
    #expect(
      refusals(Input.self, body) == [
        "orders[0].courier: must be one of jne, sicepat (invalid)",
        "orders[0].lines[1].productId: is required (required)",
        "orders[0].lines[1].merchandiseAmount: must be a whole number (type)",
        "orders[0].note: must be text (type)",
        "orders[1].courier: is required (required)",
        "orders[1].lines[0]: must be an object (type)",
        "orders[1].lines[1].productId: must be text (type)",
        "orders[1].lines[1].merchandiseAmount: must be a whole number (type)",
        "orders[1].lines[1].gift: must be true or false (type)",
        "orders[2].courier: is required (required)",
        "orders[2].lines: must be a list (type)",
        "address.street: is required (required)",
        "address.area.x: must be a whole number (type)",
        "consent: is required (required)",
        "weights[1]: must be a number (type)",
        "weights[2]: is required (required)",
      ])
  }

  @Test func `does not report what follows from a missing parent`() {
    #expect(
      refusals(Input.self, ["orders": [], "weights": 1, "consent": "true"]) == [
        "address: is required (required)", "consent: must be true or false (type)", "weights: must be a list (type)",
      ])
    #expect(
      refusals(Input.self, [:]) == [
        "orders: is required (required)", "address: is required (required)", "consent: is required (required)",
        "weights: is required (required)",
      ])
  }

  @Test(arguments: [[], 5, "x", true, nil] as [JSON])
  func `wants an object for fields`(body: JSON) {
    #expect(refusals(Address.self, body) == [": must be an object (type)"])
  }

  struct Narrow: Decodable {
    var small: Int8, unsigned: UInt, big: Int, ratio: Float, double: Double
  }

  @Test func `refuses numbers out of range`() throws {
    let body = try JSON.parse(Array(#"{"small":128,"unsigned":-1,"big":1e19,"ratio":1e39,"double":1e309}"#.utf8))
    #expect(
      refusals(Narrow.self, body) == [
        "small: must be between -128 and 127 (range)",
        "unsigned: must be between 0 and 18446744073709551615 (range)",
        "big: must be between -9223372036854775808 and 9223372036854775807 (range)",
        "ratio: is too large (range)", "double: is too large (range)",
      ])
  }

  @Test func `keeps at most a hundred`() {
    let body: JSON = .array(Array(repeating: "x", count: 1000))
    #expect(refusals([Int].self, body).count == 100)
  }
}
