public import FunctionKit

extension EventGraph {
  /// An AsyncAPI 3.0 document: a channel per topic, a message per event, and what each bundle of the deployment sends to
  /// and receives from each channel. A message's payload is the event's data.
  public func asyncAPI(version: String) -> JSON {
    let described = nodes.filter { $0.definition != nil }
    return .members([
      ("asyncapi", "3.0.0"),
      ("info", .members([("title", "Lakoo events"), ("version", .string(version))])),
      ("defaultContentType", "application/json"),
      ("channels", .members(channels(described))),
      ("operations", .members(operations(described))),
      ("components", .members([("messages", .members(described.map(message)))])),
    ])
  }

  private func channels(_ nodes: [Node]) -> [(String, JSON)] {
    byTopic(nodes).map { topic, nodes in
      let messages = nodes.map { (key($0.event), JSON.reference("components", "messages", $0.event)) }
      return (key(topic), .members([("address", .string(topic)), ("messages", .members(messages))]))
    }
  }

  private func operations(_ nodes: [Node]) -> [(String, JSON)] {
    byTopic(nodes).flatMap { topic, nodes in
      bundles.flatMap { bundle in
        operation("send", bundle, topic, nodes.filter { $0.emitters.contains { $0.bundle == bundle } })
          + operation("receive", bundle, topic, nodes.filter { $0.consumers.contains { $0.bundle == bundle } })
      }
    }
  }

  private func operation(_ action: String, _ bundle: String, _ topic: String, _ nodes: [Node]) -> [(String, JSON)] {
    guard !nodes.isEmpty else { return [] }
    let messages = nodes.map { JSON.reference("channels", topic, "messages", $0.event) }
    let operation = JSON.members([
      ("action", .string(action)), ("channel", .reference("channels", topic)), ("messages", .array(messages)),
    ])
    return [(key("\(bundle).\(action).\(topic)"), operation)]
  }

  private func message(_ node: Node) -> (String, JSON) {
    let payload = node.definition?.payload.json ?? .bool(true)
    let examples = node.definition.map { [JSON.members([("payload", $0.sample)])] } ?? []
    return (
      key(node.event), .members([("name", .string(node.event)), ("payload", payload), ("examples", .array(examples))])
    )
  }

  private func byTopic(_ nodes: [Node]) -> [(topic: String, nodes: [Node])] {
    Dictionary(grouping: nodes) { $0.definition?.topic ?? "" }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// Readers of the format may turn keys into identifiers, which have no dots.
private func key(_ name: String) -> String { name.replacing(".", with: "-") }

extension JSON {
  fileprivate static func reference(_ path: String...) -> JSON {
    .members([("$ref", .string("#/" + path.map(key).joined(separator: "/")))])
  }
}
