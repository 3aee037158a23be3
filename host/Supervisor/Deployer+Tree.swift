import Deployment
import FunctionKit
import Manifest
import Runtime

/// What the working tree brings.
extension Deployer {
  private var tree: Tree { Tree(settings: settings, store: store) }

  /// The record with what the tree has changed, and only with what this program can run.
  func contribution() throws -> DeploymentRecord {
    let record = try fitting.fitted(tree.read(into: record, at: now), at: now)
    for name in self.record.bundles.keys.sorted() where record.bundles[name] == nil {
      log.host(.info, "\(name) is not in the project any more and leaves the deployment")
    }
    return record
  }

  /// Makes the first deployment of this process: what was live before, with what the working tree has changed.
  func start(_ generation: Generation, _ record: DeploymentRecord) async throws {
    var steps = DeploySteps()
    do {
      try await bring(generation, record, generation.bundles.map { treeChange($0.name, record) }, &steps)
    } catch {
      discard(generation)
      throw error
    }
  }

  /// Puts a bundle live as it is in the tree now.
  func deployFromTree(_ bundle: String) async throws {
    let record = try tree.read(bundle, into: record, at: now)
    if record != self.record { _ = try await deploy(record, [treeChange(bundle, record)]) }
  }

  /// Reads the tree and the host's manifest again, and has new workers take over.
  func reload() async throws {
    _ = try Plan.tlsSource(Plan.soundManifests(settings, at: settings.root).host)
    let record = try contribution()
    let changed = record.bundles.keys.filter { record.bundles[$0]?.release != self.record.bundles[$0]?.release }
    _ = try await deploy(record, changed.sorted().map { treeChange($0, record) })
  }

  /// Who develops wants a column gone together with what uses it, at once; nobody rolls back then.
  private func treeChange(_ bundle: String, _ record: DeploymentRecord) -> Change {
    var change = change(bundle, record)
    change.isReplacement = !settings.isProduction
    return change
  }
}
