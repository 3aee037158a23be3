/// What is wrong between functions and events: whoever emits or consumes one keeps to its file, and no event goes nowhere
/// or comes from nowhere within the deployment.
///
/// - Parameters:
///   - catalogue: nil for a project without event files: then there are no schemas, and the deployment's manifests are all
///     there is to know.
///   - isComplete: whether every manifest could be read; otherwise what seems to be missing may stand in one of the rest.
func checkEvents(_ graph: EventGraph, _ catalogue: EventCatalogue?, isComplete: Bool) -> [Diagnostic] {
  graph.nodes.filter { $0.isWired && catalogue?.refused.contains($0.event) != true }.flatMap { node in
    if let catalogue, node.definition == nil { return withoutSchema(node, catalogue) }
    let ends = isComplete ? goesNowhere(node, graph) + comesFromNowhere(node, graph) : []
    return node.definition.map { againstFile(node, $0) + ends } ?? ends
  }
}

private func withoutSchema(_ node: EventGraph.Node, _ catalogue: EventCatalogue) -> [Diagnostic] {
  let known = catalogue.definitions.map(\.name)
  let remedy = hint(for: node.event, among: known, otherwise: "; describe it in events/\(node.event).yaml")
  return node.emitters.map { $0.diagnostic("\($0.function) emits '\(node.event)', which has no schema\(remedy)") }
    + node.consumers.map { $0.diagnostic("\($0.function) consumes '\(node.event)', which has no schema\(remedy)") }
}

private func againstFile(_ node: EventGraph.Node, _ definition: EventDefinition) -> [Diagnostic] {
  let foreign = node.emitters.filter { $0.bundle != definition.producer }.map { link in
    link.diagnostic(
      "\(link.function) emits '\(node.event)', which only bundle \(definition.producer) may by \(definition.file); "
        + "emit another event, or mend the producer there")
  }
  let unlisted = node.consumers.filter { !definition.consumers.contains($0.bundle) }.map { link in
    link.diagnostic(
      "\(link.function) consumes '\(node.event)', but \(definition.file) does not list bundle \(link.bundle); "
        + "add it to consumers there")
  }
  return foreign + unlisted
}

private func goesNowhere(_ node: EventGraph.Node, _ graph: EventGraph) -> [Diagnostic] {
  guard let emitter = node.emitters.first, node.consumers.isEmpty else { return [] }
  if node.definition?.isExternal == true || !node.absentConsumers(graph).isEmpty { return [] }
  return [
    emitter.diagnostic(
      "\(emitter.function) emits '\(node.event)', which no function consumes; subscribe one, take it out of emits, "
        + "or say 'external: true' in events/\(node.event).yaml")
  ]
}

private func comesFromNowhere(_ node: EventGraph.Node, _ graph: EventGraph) -> [Diagnostic] {
  guard node.emitters.isEmpty else { return [] }
  if let definition = node.definition, !graph.bundles.contains(definition.producer) { return [] }
  let emitted = graph.nodes.filter { !$0.emitters.isEmpty }.map(\.event)
  let who = node.definition.map { "bundle \($0.producer)" } ?? "a bundle"
  let remedy = hint(
    for: node.event, among: emitted, otherwise: "; let a function of \(who) emit it, or take it out of on")
  return node.consumers.map {
    $0.diagnostic("\($0.function) consumes '\(node.event)', which no function emits\(remedy)")
  }
}

extension EventGraph.Link {
  fileprivate func diagnostic(_ text: String) -> Diagnostic { Diagnostic(file: file, at: position, text) }
}
