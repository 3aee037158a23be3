/// The decoder a type sees: one node of the input, and the list that failures go to.
final class NodeDecoder: Decoder {
  let node: InputNode
  let path: FieldPath
  let failures: FieldFailures
  /// Set for a type that reads itself from a single value, as ids and enums do.
  private(set) var usedAsScalar = false

  var codingPath: [any CodingKey] { path.keys }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ node: InputNode, at path: FieldPath, _ failures: FieldFailures) {
    self.node = node
    self.path = path
    self.failures = failures
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    let members = reported { () throws(FieldProblem) in try node.members() }
    return KeyedDecodingContainer(MemberReader(members: members ?? .ghost, decoder: self))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer {
    let items = reported { () throws(FieldProblem) in try node.items() }
    return ItemReader(items: items ?? [], decoder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    usedAsScalar = true
    return ValueReader(decoder: self)
  }

  /// Reports a failure here and goes on without the value.
  func reported<Value>(_ read: () throws(FieldProblem) -> Value) -> Value? {
    do { return try read() } catch {
      report(error, at: path)
      return nil
    }
  }

  func report(_ problem: FieldProblem, at path: FieldPath) {
    if !node.isGhost { failures.report(problem, at: path) }
  }
}

extension NodeDecoder {
  /// The value here, or a stand-in once what is wrong with it is on the list.
  ///
  /// An error thrown after something inside was reported is taken for a consequence of the stand-ins.
  func unwrap<T: Decodable>(_ type: T.Type) throws -> T {
    if node.isGhost { return try failures.placeholder(type) }
    let before = failures.count
    do {
      return try T(from: self)
    } catch {
      if failures.count == before { failures.report(error, decoding: type, at: path) }
      return try failures.placeholder(type)
    }
  }

  /// The decoder for a part of this value; a part that is absent is reported and replaced by a ghost.
  func part(_ part: InputNode, at path: FieldPath) -> NodeDecoder {
    guard part.isMissing else { return NodeDecoder(part, at: path, failures) }
    report(.required, at: path)
    return NodeDecoder(.ghost(.first), at: path, failures)
  }
}
