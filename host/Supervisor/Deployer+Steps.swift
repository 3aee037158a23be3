import Deployment
import EventLoop
import Manifest

/// What the steps of a deploy do.
extension Deployer {
  /// Puts the folder together that the new workers run from.
  func assemble(_ record: DeploymentRecord) throws -> Generation {
    let number = state.value.lastGeneration + 1
    state.value.lastGeneration = number
    let root = "\(settings.runDirectory)/\(number)"
    let host = try? fileContents("\(settings.root)/manifests/host.yaml")
    let releases = record.releases()
    try RunRoot.assemble(releases, from: store, host: host, in: root)
    return try generation(number, root, releases)
  }

  /// What is in a folder to run from.
  func generation(_ number: Int, _ root: String, _ releases: [String: String]) throws -> Generation {
    let set = try Plan.manifests(settings, at: root)
    guard set.diagnostics.isEmpty else {
      throw Refusal(set.diagnostics.map(\.description).joined(separator: "\n"), exitCode: 2)
    }
    if let bundle = set.bundles.first(where: { $0.isolation != .shared }) {
      throw Refusal(
        "\(bundle.file): a bundle can't have workers of its own yet; take 'isolation: dedicated' out", exitCode: 2)
    }
    return Generation(
      number: number, root: root, host: set.host, bundles: Plan.wanted(set, settings), releases: releases)
  }

  /// Leaves nothing of a deployment that did not come to be.
  func discard(_ generation: Generation) {
    let live = fleet.state.value.current
    fleet.sockets.keep(Ports(settings, live?.host ?? generation.host, live?.bundles ?? []))
    try? removeTree(generation.root)
  }

  /// The folders that no worker is started from any more.
  func removeOldRoots(but generation: Generation) {
    for name in (try? names(in: settings.runDirectory)) ?? [] where name != "\(generation.number)" {
      try? removeTree("\(settings.runDirectory)/\(name)")
    }
  }
}
