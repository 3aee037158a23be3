import FunctionKit
import Testing

@Suite struct `A row as a value` {
  struct Payment: Decodable, Equatable {
    var id: Int
    var paidAt: Instant?
    var tags: [String]
    var extra: Extra?
  }

  struct Extra: Codable, Equatable { var note: String }

  private func row(_ columns: [(name: String, value: String?)], json: Set<String> = []) -> Row {
    var bytes: [UInt8] = []
    var ends: [Int32] = []
    for column in columns {
      bytes += Array((column.value ?? "").utf8)
      ends.append(column.value == nil ? -1 : Int32(bytes.count))
    }
    let shape = RowShape(columns.map { .init(name: $0.name, isJSON: json.contains($0.name)) })
    return Row(shape: shape, bytes: bytes, ends: ends)
  }

  @Test func `columns become fields by name, json and arrays included`() throws {
    let row = row(
      [
        ("extra", #"{"note":"x"}"#), ("id", "7"), ("paid_at", "2026-01-31 09:30:00.5+00"),
        ("tags", #"{a,"b \"c\"",NULL}"#.replacing(",NULL", with: "")),
      ],
      json: ["extra"])
    let payment = try row.decode(Payment.self)
    #expect(payment.id == 7 && payment.paidAt?.description == "2026-01-31T09:30:00.500Z")
    #expect(payment.tags == ["a", "b \"c\""] && payment.extra == Extra(note: "x"))
  }

  @Test func `an optional struct is the struct, even when its first column is NULL`() throws {
    struct Two: Decodable, Equatable { var first: Int?, second: Int }
    let row = row([("first", nil), ("second", "2")])
    #expect(try row.decode(Two?.self) == Two(first: nil, second: 2))
  }

  @Test func `columns are found in any order, and of two with one name the first`() throws {
    struct Four: Decodable, Equatable { var first: Int, second: Int?, third: String?, fourth: Int? }
    let texts = ["first": "1", "second": "2", "third": "3"]
    let expected = Four(first: 1, second: 2, third: "3", fourth: nil)
    for order in [["first", "second", "third"], ["third", "second", "first"], ["second", "third", "first"]] {
      #expect(try row(order.map { ($0, texts[$0]) }).decode(Four.self) == expected)
    }
    let twice = row([("first", "1"), ("second", "2"), ("third", "3"), ("second", "9"), ("first", "9")])
    #expect(try twice.decode(Four.self) == expected)
    struct Names: Decodable, Equatable { var other: Int, paidAt: Int }
    #expect(
      try row([("paidAt", "1"), ("other", "2"), ("paid_at", "3")]).decode(Names.self) == Names(other: 2, paidAt: 1))
  }

  @Test func `ids, times and whole numbers are read exactly or refused`() throws {
    let id = "0190a0a0-0000-7000-8000-00000000abcd"
    #expect(try row([("id", id)]).decode(ID.self).description == id)
    #expect(
      try row([("at", "2026-01-31 16:30:00.123456+07")]).decode(Instant.self).description == "2026-01-31T09:30:00.123Z")
    for number in [0, 7, -7, 999_999_999_999_999_999, 1_000_000_000_000_000_000, .max, .min] {
      #expect(try row([("number", "\(number)")]).decode(Int.self) == number)
    }
    struct Wrong: Decodable { var id: ID?, at: Instant?, small: Int16? }
    for (name, value) in [
      ("id", String(id.dropLast())), ("id", id.replacing("-", with: "0")), ("at", "2026-01-31 16:30:00"),
      ("at", "infinity"),
      ("small", "32768"), ("small", ""), ("small", "1.0"),
    ] {
      #expect(throws: DecodingError.self) { try row([(name, value)]).decode(Wrong.self) }
    }
  }

  @Test func `a single column is a single value, or none`() throws {
    #expect(try row([("max", "5")]).decode(Int?.self) == 5)
    #expect(try row([("max", nil)]).decode(Int?.self) == nil)
    #expect(try row([("x", "t")]).decode(Bool.self))
    #expect(throws: DecodingError.self) { try row([("max", nil)]).decode(Int.self) }
  }

  @Test func `what does not fit names the column`() {
    let error = #expect(throws: DecodingError.self) { try row([("id", "x"), ("tags", "{}")]).decode(Payment.self) }
    guard case .typeMismatch(_, let context) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.debugDescription == "column 'id' is not a whole number that fits Int")
  }

  private struct Shown: Codable { var shown: Ready<[Extra]> }

  @Test func `json that is kept ready is handed on as it is`() throws {
    let text = #"[{"note" :  "x", "more": 1.50}]"#
    let inner = try row([("id", "7"), ("shown", text)], json: ["shown"]).decode(Shown.self)
    #expect(String(decoding: try encodeJSON(inner), as: UTF8.self) == #"{"shown":\#(text)}"#)
    #expect(try row([("shown", text)], json: ["shown"]).decode(Ready<[Extra]>.self).json == Array(text.utf8))
    let answered = try decodeJSON(Shown.self, from: Array(#"{"shown": \#(text)}"#.utf8))
    #expect(String(decoding: answered.shown.json, as: UTF8.self) == #"[{"note":"x","more":1.50}]"#)
  }

  @Test func `json that is kept ready is read from columns of json alone, and is never absent`() throws {
    for (value, json) in [(nil, ["shown"]), ("[]", [])] as [(String?, Set<String>)] {
      #expect(throws: DecodingError.self) { try row([("shown", value)], json: json).decode(Shown.self) }
      #expect(throws: DecodingError.self) { try row([("shown", value)], json: json).decode(Ready<[Extra]>.self) }
    }
  }
}

@Suite struct `SQL with binds in its holes` {
  @Test func `values become binds and fragments keep theirs`() {
    let condition: SQL = "status = \("paid") and amount > \(5)"
    let statement: SQL = "select * from payment where id = \(1) and \(condition) limit \(Int?.none)"
    #expect(statement.text == "select * from payment where id = $1 and status = $2 and amount > $3 limit $4")
    #expect(statement.binds == ["1", "paid", "5", nil])
  }

  @Test func `a value can't become text of the statement`() {
    let statement: SQL = "select \("'; drop table payment; --")"
    #expect(statement.text == "select $1")
  }

  @Test func `arrays are quoted`() {
    #expect(["a", #"b"c\d"#, ""].sqlText == #"{"a","b\"c\\d",""}"#)
  }
}

@Suite struct `Instants and ids` {
  @Test(arguments: [
    "1969-12-31T23:59:59.999Z", "2000-02-29T00:00:00.000Z", "2026-11-25T13:12:02.123Z", "9999-12-31T23:59:59.000Z",
  ])
  func `an instant's text reads back`(text: String) {
    #expect(Instant(text)?.description == text)
  }

  @Test(arguments: ["2026-02-30T00:00:00Z", "2026-01-01", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "x", ""])
  func `what is no instant is refused`(text: String) { #expect(Instant(text) == nil) }

  @Test func `offsets are applied`() {
    #expect(Instant("2026-01-01T07:00:00+07:00") == Instant("2026-01-01T00:00:00Z"))
    #expect(Instant("2025-12-31 20:30:00-03:30") == Instant("2026-01-01T00:00:00Z"))
  }

  @Test func `ids are version 7, sort by time and read back`() {
    let early = ID(at: Instant(seconds: 1_000), random: (.max, .max))
    let late = ID(at: Instant(seconds: 1_001), random: (0, 0))
    #expect(early < late && early.description < late.description)
    #expect(early.description.dropFirst(14).first == "7")
    #expect(ID(early.description) == early && ID(early.description.uppercased()) == early)
    #expect(ID("018f2f5e-7b1a-7c3d-9e4f-0123456789a") == nil && ID("018f2f5e07b1a-7c3d-9e4f-0123456789ab") == nil)
  }
}

@Suite struct `Text from strangers` {
  @Test func `a quote with a combining mark does not end a value`() {
    let value = "\"\u{301} onmouseover=alert(1)"
    let page: HTML = "<a title=\"\(value)\">"
    #expect(String(decoding: page.reply().body, as: UTF8.self) == "<a title=\"&quot;\u{301} onmouseover=alert(1)\">")
    #expect([value].sqlText == "{\"\\\"\u{301} onmouseover=alert(1)\"}")
  }

  @Test(arguments: ["+99:99", "+24:00", "+07:60", "+7", "07:00"])
  func `an offset that no clock has is refused`(offset: String) {
    #expect(Instant("2026-01-01T00:00:00\(offset)") == nil)
  }
}
