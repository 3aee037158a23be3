extension EventGraph {
  /// A bundle at one end of an event: what the catalogue says of it and what this deployment has of it.
  struct End {
    let bundle: String
    /// Its functions at this end; none for a bundle that only the catalogue names.
    let functions: [String]
    let isDeployed: Bool
  }

  /// The graph without events that no function of the deployment has to do with.
  public var wired: EventGraph { EventGraph(nodes: nodes.filter(\.isWired), bundles: bundles) }

  func emitting(_ node: Node) -> [End] { ends(node.emitters, node.definition.map { [$0.producer] } ?? []) }

  func consuming(_ node: Node) -> [End] { ends(node.consumers, node.definition?.consumers ?? []) }

  private func ends(_ links: [Link], _ listed: [String]) -> [End] {
    Set(links.map(\.bundle) + listed).sorted().map { bundle in
      End(
        bundle: bundle, functions: links.filter { $0.bundle == bundle }.map(\.function),
        isDeployed: bundles.contains(bundle))
    }
  }
}
