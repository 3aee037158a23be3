/// The members of an object that is only watched.
struct ProbeMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let probe: SchemaProbe

  var codingPath: [any CodingKey] { [] }

  var allKeys: [Key] {
    probe.meet("reads whatever members there are")
    return []
  }

  func contains(_ key: Key) -> Bool {
    probe.meet("reads a member in one way or another")
    return true
  }

  func decodeNil(forKey key: Key) -> Bool { !contains(key) }

  func decode<T: NodeScalar>(_ type: T.Type, forKey key: Key) throws -> T { try required(type, key) }
  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try required(type, key) }
  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try required(type, key) }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try required(type, key) }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? { try optional(type, key) }

  private func required<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
    try probe.field(type, key, isOptional: false)
    return try probe.standIn(type)
  }

  fileprivate func optional<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
    try probe.field(type, key, isOptional: true)
    return nil
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    throw probe.meet("reads a member piece by piece")
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw probe.meet("reads a member piece by piece")
  }

  func superDecoder() throws -> any Decoder { throw probe.meet("has a superclass") }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw probe.meet("has a superclass") }
}

/// Each by its name: the standard library's own defaults, which ask whether the member is there, win over a generic one.
extension ProbeMembers {
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try optional(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try optional(type, key) }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try optional(type, key) }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try optional(type, key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type, key) }
  func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? { try optional(type, key) }
}
