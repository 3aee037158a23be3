import ArgumentParser
import Manifest

/// Prints who emits and who consumes each event, as the manifests say it.
struct ShowEventGraph: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Prints who emits and who consumes each event.")

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, mermaid, asyncapi }

  @OptionGroup var project: ProjectOptions

  @Option(help: "How to print it.")
  var format = Format.text

  @Flag(help: "Also the events of the catalogue that no function of this deployment emits or consumes.")
  var all = false

  func run() throws {
    print(rendered(try refusing { try readGraph() }), terminator: "")
  }

  private func readGraph() throws -> EventGraph {
    let settings = try Settings.read(root: project.root)
    let set = try Plan.manifests(settings)
    guard set.diagnostics.isEmpty else {
      throw Refusal(set.diagnostics.map(\.description).joined(separator: "\n"), exitCode: 2)
    }
    let graph = EventGraph(Plan.wanted(set, settings), catalogue: set.events)
    return all ? graph : graph.wired
  }

  private func rendered(_ graph: EventGraph) -> String {
    switch format {
    case .text: graph.text()
    case .json: graph.json().indented() + "\n"
    case .mermaid: graph.mermaid()
    case .asyncapi: graph.asyncAPI(version: Version.current).indented() + "\n"
    }
  }
}
