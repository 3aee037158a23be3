/// Decodes a row by the names of its columns, without a detour through JSON.
struct RowDecoder: Decoder {
  let row: Row
  /// Shared by the types that read parts of one row.
  private let place = ColumnPlace()

  init(row: Row) { self.row = row }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RowContainer(row: row, place: place))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try first().unkeyedContainer() }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { try first() }

  private func first() throws -> ColumnDecoder {
    guard let column = row.shape.columns.first else {
      throw DecodingError.valueNotFound(Row.self, .init(codingPath: [], debugDescription: "the row has no column"))
    }
    return ColumnDecoder(text: row.text(0), isJSON: column.isJSON, name: column.name, row: row)
  }
}

struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let row: Row
  let place: ColumnPlace
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { row.shape.columns.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { index(key) != nil }

  func column(_ key: Key) throws -> ColumnDecoder {
    guard let index = index(key) else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: [key], debugDescription: "the statement selects no column for '\(key.stringValue)'"))
    }
    return column(at: index)
  }

  func decodeNil(forKey key: Key) throws -> Bool { try column(key).decodeNil() }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    if type == ID.self, let id = plain(key).flatMap({ ID(utf8: row.bytes.span.extracting($0)) }) as? Value { return id }
    return try column(key).decode(type)
  }

  /// The same as the three steps that it stands for: is there such a column, is it NULL, what is it.
  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    guard let index = index(key) else { return nil }
    let column = column(at: index)
    return column.decodeNil() ? nil : try column.decode(type)
  }

  func column(at index: Int) -> ColumnDecoder {
    let column = row.shape.columns[index]
    return ColumnDecoder(text: row.text(index), isJSON: column.isJSON, name: column.name)
  }

  func index(_ key: Key) -> Int? { row.shape.index(of: key.stringValue, near: place) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try column(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try column(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { RowDecoder(row: row) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try column(key) }
}
