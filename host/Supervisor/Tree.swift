import Deployment
import FunctionKit
import Manifest

/// What the project's working tree contributes to a deployment: a release of every bundle that is built.
struct Tree: Sendable {
  let settings: Settings
  let store: ReleaseStore

  /// The record with whatever has changed in the tree since it was last looked at. What was deployed or rolled back
  /// since stays live where the tree is the same.
  /// - Throws: ``Refusal`` with exit code 2 and every mistake of the manifests.
  func read(into record: DeploymentRecord, at now: Instant) throws -> DeploymentRecord {
    let set = try Plan.soundManifests(settings, at: settings.root)
    var record = record
    for manifest in Plan.wanted(set, settings) { record = try read(manifest.name, into: record, at: now) }
    return record
  }

  /// The record with one bundle's present build.
  func read(_ bundle: String, into record: DeploymentRecord, at now: Instant) throws -> DeploymentRecord {
    let release = try add(bundle, at: now)
    var record = record
    guard record.tree[bundle] != release || record.bundles[bundle] == nil else { return record }
    // What is newer than a release on trial makes the trial pointless.
    if record.trials[bundle] != nil { record = try record.aborting(bundle, at: now) }
    record = try record.deploying(release, of: bundle, at: now)
    record.tree[bundle] = release
    return record
  }

  private func add(_ bundle: String, at now: Instant) throws -> String {
    let tree = PackageTree(root: settings.root, libraryDirectory: settings.libraryDirectory)
    do {
      return try settings.withPassingFolder { folder in
        try store.add(file: tree.write(bundle, into: folder).path, at: now).release.release
      }
    } catch let error as PackagingError {
      throw Refusal("\(error)", exitCode: 2)
    }
  }
}
