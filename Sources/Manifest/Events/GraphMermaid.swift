extension EventGraph {
  /// A Mermaid flowchart of bundles, one arrow between two of them however many events go that way: solid for what flows,
  /// dotted for what the catalogue has but this deployment does not.
  public func mermaid() -> String {
    let events = eventsByArrow()
    let ends = Set(events.keys.flatMap { [$0.from, $0.to] }).sorted()
    let arrows = events.sorted { $0.key.order < $1.key.order }
    let lines = ends.map(EventGraph.box) + arrows.map { $0.key.line($0.value) }
    return (["flowchart LR"] + lines.map { "  \($0)" }).map { "\($0)\n" }.joined()
  }

  /// Stands where a bundle would; no bundle's name has a space.
  private static let outside = "readers outside"

  private static func box(_ end: String) -> String { end == outside ? "\(id(end))((\(end)))" : "\(id(end))[\(end)]" }

  fileprivate static func id(_ end: String) -> String { end == outside ? "outside" : "bundle_\(end)" }

  private func eventsByArrow() -> [Arrow: [String]] {
    var events: [Arrow: [String]] = [:]
    for node in nodes {
      for arrow in arrows(node) { events[arrow, default: []].append(node.event) }
    }
    return events
  }

  private func arrows(_ node: Node) -> [Arrow] {
    emitting(node).flatMap { emitter in
      let isEmitted = !emitter.functions.isEmpty
      let arrows = consuming(node).map {
        Arrow(from: emitter.bundle, to: $0.bundle, isSolid: isEmitted && !$0.functions.isEmpty)
      }
      guard node.definition?.isExternal == true else { return arrows }
      return arrows + [Arrow(from: emitter.bundle, to: EventGraph.outside, isSolid: isEmitted)]
    }
  }
}

private struct Arrow: Hashable {
  let from: String
  let to: String
  let isSolid: Bool

  var order: (String, String, Int) { (from, to, isSolid ? 0 : 1) }

  func line(_ events: [String]) -> String {
    "\(EventGraph.id(from)) \(isSolid ? "-->" : "-.->")|\"\(events.joined(separator: "<br/>"))\"| \(EventGraph.id(to))"
  }
}
