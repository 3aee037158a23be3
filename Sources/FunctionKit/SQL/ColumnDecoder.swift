/// Decodes one value from PostgreSQL's text form.
///
/// An object, since types ask it for itself again, as what it is to them.
final class ColumnDecoder: Decoder, SingleValueDecodingContainer {
  let text: ArraySlice<UInt8>?
  let isJSON: Bool
  let name: String
  /// The row, when its first column stands for it: what looks like a single value may turn out to be a struct, as the
  /// inside of an optional does.
  let row: Row?

  init(text: ArraySlice<UInt8>?, isJSON: Bool, name: String, row: Row? = nil) {
    self.text = text
    self.isJSON = isJSON
    self.name = name
    self.row = row
  }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func decodeNil() -> Bool { text == nil && (row?.shape.columns.count ?? 1) == 1 }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard let text else {
      if row != nil { return try Value(from: self) }
      throw mismatch(Value.self, "is NULL")
    }
    if isJSON && (row?.shape.columns.count ?? 1) == 1 {
      return Value.self is any ReadsJSONText.Type
        ? try Value(from: self) : try decodeJSON(Value.self, from: Array(text))
    }
    // By identity, which is much cheaper than to ask what conforms to what.
    if type == String.self { return try cast(String(decoding: text, as: UTF8.self)) }
    if type == Int.self { return try cast(integer(text) as Int) }
    if type == ID.self {
      guard let id = ID(utf8: text.span) else { throw mismatch(ID.self, "is not a UUID") }
      return try cast(id)
    }
    if type == Instant.self {
      guard let instant = Instant(utf8: text) else { throw mismatch(Instant.self, "is not a time") }
      return try cast(instant)
    }
    if type == Bool.self { return try cast(bool(text)) }
    if type == Bytes.self { return try cast(Bytes(hex(text))) }
    return try Value(from: self)
  }

  func decode(_ type: String.Type) throws -> String { String(decoding: try present(), as: UTF8.self) }
  func decode(_ type: Bool.Type) throws -> Bool { try bool(present()) }
  func decode(_ type: Double.Type) throws -> Double { try number(Double.init) }
  func decode(_ type: Float.Type) throws -> Float { try number(Float.init) }
  func decode(_ type: Int.Type) throws -> Int { try integer(present()) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(present()) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(present()) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(present()) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(present()) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(present()) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(present()) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(present()) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(present()) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(present()) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    if let row { return KeyedDecodingContainer(RowContainer(row: row, place: ColumnPlace())) }
    throw mismatch(Value.self, "is not a json column, so it can't become an object")
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    ArrayContainer(elements: try arrayElements(present()), name: name)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  /// What stands in a column of type `json` or `jsonb`.
  func jsonText() throws -> [UInt8] {
    guard isJSON else { throw mismatch(JSON.self, "is not a json column") }
    return try Array(present())
  }

  private enum Value {}

  private func present() throws -> ArraySlice<UInt8> {
    guard let text else { throw mismatch(Value.self, "is NULL") }
    return text
  }

  private func cast<From, To>(_ value: From) throws -> To {
    guard let value = value as? To else { throw mismatch(To.self, "is not a \(To.self)") }
    return value
  }

  private func number<Number>(_ make: (String) -> Number?) throws -> Number {
    guard let number = try make(decode(String.self)) else { throw mismatch(Number.self, "is not a number") }
    return number
  }

  private func integer<Integer: FixedWidthInteger>(_ text: ArraySlice<UInt8>) throws -> Integer {
    if let few = wholeNumber(text.span), let value = Integer(exactly: few) { return value }
    guard let value = Integer(String(decoding: text, as: UTF8.self)) else {
      throw mismatch(Integer.self, "is not a whole number that fits \(Integer.self)")
    }
    return value
  }

  private func bool(_ text: ArraySlice<UInt8>) throws -> Bool {
    guard text.count == 1, let letter = text.first, letter == UInt8(ascii: "t") || letter == UInt8(ascii: "f") else {
      throw mismatch(Bool.self, "is not a boolean")
    }
    return letter == UInt8(ascii: "t")
  }

  private func hex(_ text: ArraySlice<UInt8>) throws -> [UInt8] {
    guard text.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]), text.count % 2 == 0 else {
      throw mismatch(Bytes.self, "is not bytea")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    var high: UInt8?
    for digit in text.dropFirst(2) {
      guard let value = hexValue(digit) else { throw mismatch(Bytes.self, "is not bytea") }
      if let first = high { bytes.append(first << 4 | value) }
      high = high == nil ? value : nil
    }
    return bytes
  }

  private func mismatch(_ type: Any.Type, _ message: String) -> DecodingError {
    .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "column '\(name)' \(message)"))
  }
}

extension Bytes: Decodable {
  public init(from decoder: any Decoder) throws {
    throw DecodingError.typeMismatch(
      Bytes.self, .init(codingPath: decoder.codingPath, debugDescription: "bytes come from a bytea column only"))
  }
}

/// A number that can't be too large, without a detour through text; nil for all others.
func wholeNumber(_ text: Span<UInt8>) -> Int? {
  guard (1...18).contains(text.count) else { return nil }
  var value = 0
  for index in text.indices {
    let digit = text[index] &- UInt8(ascii: "0")
    guard digit <= 9 else { return nil }
    value = value &* 10 &+ Int(digit)
  }
  return value
}
