/// The members of an object: a bad one is reported and replaced, so that the rest is still looked at.
struct MemberReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: NodeMembers
  let decoder: NodeDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { members.names.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { !members[key.stringValue].isAbsent }

  func decodeNil(forKey key: Key) -> Bool { members[key.stringValue].isNil }

  func decode<T: NodeScalar>(_ type: T.Type, forKey key: Key) throws -> T { try scalar(key) }
  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try scalar(key) }
  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try scalar(key) }

  private func scalar<T: NodeScalar>(_ key: Key) throws -> T {
    do throws(FieldProblem) {
      return try T.read(members[key.stringValue])
    } catch {
      decoder.report(error, at: path(key.stringValue))
      return T.dummy
    }
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let node = members[key.stringValue]
    if node.isNil, let type = type as? any NilDecodable.Type, let none = type.none as? T { return none }
    return try part(key.stringValue).unwrap(type)
  }

  /// A bad optional needs no stand-in: `nil` will do.
  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    members[key.stringValue].isNil ? nil : try? decode(type, forKey: key)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedDecodingContainer<Nested> {
    part(key.stringValue).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
    part(key.stringValue).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { part("super") }

  func superDecoder(forKey key: Key) -> any Decoder { part(key.stringValue) }

  private func path(_ name: String) -> FieldPath { .field(decoder.path, name) }

  private func part(_ name: String) -> NodeDecoder { decoder.part(members[name], at: path(name)) }
}

/// Tells an optional from other types without knowing what it wraps.
protocol NilDecodable {
  static var none: Self { get }
}

extension Optional: NilDecodable {}
