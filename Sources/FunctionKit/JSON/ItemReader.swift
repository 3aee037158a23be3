/// The items of a list, read in order.
struct ItemReader: UnkeyedDecodingContainer {
  let items: [InputNode]
  let decoder: NodeDecoder
  private(set) var currentIndex = 0

  init(items: [InputNode], decoder: NodeDecoder) {
    self.items = items
    self.decoder = decoder
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, items[currentIndex].isNil else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: NodeScalar>(_ type: T.Type) throws -> T { try scalar() }
  mutating func decode(_ type: Int128.Type) throws -> Int128 { try scalar() }
  mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try scalar() }

  private mutating func scalar<T: NodeScalar>() throws -> T {
    let item = try next(T.self)
    do throws(FieldProblem) {
      return try T.read(item.node)
    } catch {
      item.report(error, at: item.path)
      return T.dummy
    }
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let item = try next(type)
    do { return try item.unwrap(type) } catch {
      // There is no stand-in, so the list fails; its remaining items are still looked at.
      while !isAtEnd { _ = try? next(type).unwrap(type) }
      throw error
    }
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try next(JSONObject.self).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next([JSON].self).unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next(JSON.self) }

  /// Past the end it throws, lest a loop that reads until it fails never end.
  private mutating func next(_ type: Any.Type) throws -> NodeDecoder {
    if decoder.node.isGhost { return NodeDecoder(decoder.node, at: decoder.path, decoder.failures) }
    let path = FieldPath.item(decoder.path, currentIndex)
    guard !isAtEnd else { throw FieldProblem.required.decodingError(type, at: path) }
    defer { currentIndex += 1 }
    return NodeDecoder(items[currentIndex], at: path, decoder.failures)
  }
}
