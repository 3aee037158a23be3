/// The elements of a one-dimensional array in PostgreSQL's text form: `{a,"b c",NULL}`.
func arrayElements(_ text: ArraySlice<UInt8>) throws -> [ArraySlice<UInt8>?] {
  guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else {
    throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "the column is not an array"))
  }
  var elements: [ArraySlice<UInt8>?] = []
  var element: [UInt8] = []
  var (isQuoted, wasQuoted, isEscaped) = (false, false, false)
  func finish() {
    let isNull = !wasQuoted && element == Array("NULL".utf8)
    elements.append(isNull ? nil : element[...])
    element = []
    wasQuoted = false
  }
  for byte in text.dropFirst().dropLast() {
    switch byte {
    case _ where isEscaped:
      element.append(byte)
      isEscaped = false
    case UInt8(ascii: "\\"): isEscaped = true
    case UInt8(ascii: "\""):
      isQuoted.toggle()
      wasQuoted = true
    case UInt8(ascii: ",") where !isQuoted: finish()
    default: element.append(byte)
    }
  }
  if text.count > 2 { finish() }
  return elements
}

/// Walks over the elements of an array column.
struct ArrayContainer: UnkeyedDecodingContainer {
  let elements: [ArraySlice<UInt8>?]
  let name: String
  private(set) var currentIndex = 0

  init(elements: [ArraySlice<UInt8>?], name: String) {
    self.elements = elements
    self.name = name
  }

  var codingPath: [any CodingKey] { [] }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex == elements.count }

  mutating func decodeNil() -> Bool {
    guard !isAtEnd, elements[currentIndex] == nil else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next().decode(type)
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }

  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> ColumnDecoder {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Row.self, .init(codingPath: [], debugDescription: "the array of column '\(name)' has only \(elements.count)"))
    }
    defer { currentIndex += 1 }
    return ColumnDecoder(text: elements[currentIndex], isJSON: false, name: name)
  }
}
