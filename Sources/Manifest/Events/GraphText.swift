extension EventGraph {
  /// For a terminal: each event with its topic, `<-` who emits it and `->` who consumes it.
  public func text() -> String {
    let events = nodes.map(\.event.count).max() ?? 0
    let bundles = nodes.flatMap { emitting($0) + consuming($0) }.map(\.bundle.count).max() ?? 0
    return nodes.map { node in
      let head = "\(node.event.padded(to: events))  \(node.definition?.topic ?? "no schema")"
      let external = node.definition?.isExternal == true ? ["  -> \("*".padded(to: bundles))  readers outside"] : []
      let lines = emitting(node).map { "  <- \($0.line(bundles))" } + consuming(node).map { "  -> \($0.line(bundles))" }
      return ([head] + lines + external).map { "\($0)\n" }.joined()
    }.joined(separator: "\n")
  }
}

extension EventGraph.End {
  fileprivate func line(_ width: Int) -> String {
    let what = functions.isEmpty ? "no function yet" : functions.joined(separator: ", ")
    return "\(bundle.padded(to: width))  \(isDeployed ? what : "not part of this deployment")"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
