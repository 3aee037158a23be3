/// Who emits and who consumes each event of a deployment.
public struct EventGraph: Sendable {
  /// Every event that a function names, and every other one of the catalogue, in order of name.
  public let nodes: [Node]
  /// The bundles of the deployment, in order of name.
  public let bundles: [String]

  public struct Node: Sendable {
    public let event: String
    /// Nil for an event that the catalogue does not know.
    public let definition: EventDefinition?
    public let emitters: [Link]
    public let consumers: [Link]

    /// Whether any function of the deployment has to do with it.
    public var isWired: Bool { !emitters.isEmpty || !consumers.isEmpty }
  }

  /// A function at one end of an event.
  public struct Link: Sendable {
    public let bundle: String
    public let function: String
    let file: String
    let position: Position
  }

  public init(_ bundles: [BundleManifest], catalogue: EventCatalogue?) {
    let emitters = EventGraph.links(bundles) { $0.emitPlaces }
    let consumers = EventGraph.links(bundles) { $0.onPlaces }
    let definitions = Dictionary((catalogue?.definitions ?? []).map { ($0.name, $0) }) { first, _ in first }
    let events = Set(emitters.keys).union(consumers.keys).union(definitions.keys)
    nodes = events.sorted().map {
      Node(
        event: $0, definition: definitions[$0], emitters: emitters[$0] ?? [], consumers: consumers[$0] ?? [])
    }
    self.bundles = bundles.map(\.name).sorted()
  }

  init(nodes: [Node], bundles: [String]) {
    self.nodes = nodes
    self.bundles = bundles
  }

  private static func links(
    _ bundles: [BundleManifest], _ places: (FunctionManifest) -> [String: Position]
  ) -> [String: [Link]] {
    var links: [String: [Link]] = [:]
    for bundle in bundles {
      for function in bundle.functions {
        for (event, position) in places(function) {
          let link = Link(bundle: bundle.name, function: function.name, file: bundle.file, position: position)
          links[event, default: []].append(link)
        }
      }
    }
    return links
  }
}

extension EventGraph.Node {
  /// Bundles that the catalogue has as consumers and this deployment does not have.
  func absentConsumers(_ graph: EventGraph) -> [String] {
    (definition?.consumers ?? []).filter { !graph.bundles.contains($0) }
  }
}
