/// A value that is no container and is only watched.
struct ProbeValue: SingleValueDecodingContainer {
  let probe: SchemaProbe

  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool {
    probe.meet("reads null in a way of its own")
    return false
  }

  func decode<T: NodeScalar>(_ type: T.Type) throws -> T { try value(type) }
  func decode(_ type: Int128.Type) throws -> Int128 { try value(type) }
  func decode(_ type: UInt128.Type) throws -> UInt128 { try value(type) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try value(type) }

  private func value<T: Decodable>(_ type: T.Type) throws -> T {
    try probe.whole(type)
    return try probe.standIn(type)
  }
}
