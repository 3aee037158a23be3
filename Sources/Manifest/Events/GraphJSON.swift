public import FunctionKit

extension EventGraph {
  /// For programs: every event with both its ends.
  public func json() -> JSON {
    JSON.members([
      ("bundles", .array(bundles.map(JSON.string))),
      ("events", .array(nodes.map(json(of:)))),
    ])
  }

  private func json(of node: Node) -> JSON {
    .members([
      ("event", .string(node.event)), ("topic", node.definition.map { .string($0.topic) } ?? .null),
      ("external", .bool(node.definition?.isExternal ?? false)),
      ("emittedBy", .array(emitting(node).map(\.json))), ("consumedBy", .array(consuming(node).map(\.json))),
    ])
  }
}

extension EventGraph.End {
  fileprivate var json: JSON {
    .members([
      ("bundle", .string(bundle)), ("deployed", .bool(isDeployed)),
      ("functions", .array(functions.map(JSON.string))),
    ])
  }
}

extension JSON {
  static func members(_ members: [(String, JSON)]) -> JSON { .object(JSONObject(members)) }
}
