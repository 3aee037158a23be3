import Deployment
import FunctionKit
import Manifest

/// What a deploy checks between bundles.
extension Deployer {
  /// What is emitted must be readable for everybody who reads it: the new release for the others, and they for it.
  func checkEvents(_ generation: Generation, _ changes: [Change]) throws {
    let live = try generation.bundles.map { manifest in
      try end(manifest, generation.releases[manifest.name] ?? "", changes)
    }
    let candidates = try changes.filter { generation.releases[$0.bundle] != $0.release }.compactMap { change in
      try manifest(of: change).map { try end($0, change.release, changes) }
    }
    let conflicts = eventConflicts(live + candidates)
    guard conflicts.isEmpty else {
      throw Problem(422, "schema_incompatible", conflicts.joined(separator: "\n"))
    }
  }

  private func end(_ manifest: BundleManifest, _ release: String, _ changes: [Change]) throws -> EventEnd {
    let isNew = changes.contains {
      $0.bundle == manifest.name && $0.release == release && $0.guarded.first != release
    }
    return EventEnd(
      label: "\(manifest.name) (release \(release), \(isNew ? "new" : "live"))", manifest: manifest,
      schemas: schemas(of: manifest, release), isNew: isNew)
  }

  /// As the release itself has them: the project's may be another's.
  private func schemas(of manifest: BundleManifest, _ release: String) -> [String: PayloadSchema] {
    let directory = "\(store.directory(of: release))/manifests"
    let names = Set(manifest.emitted + manifest.consumed)
    return names.reduce(into: [:]) { $0[$1] = loadEvent(named: $1, directory: directory)?.manifest?.payload }
  }

  private func manifest(of change: Change) throws -> BundleManifest? {
    let text = try fileContents("\(store.directory(of: change.release))/manifests/\(change.bundle).yaml")
    return parseBundle(yaml: String(decoding: text, as: UTF8.self), file: "\(change.bundle).yaml").manifest
  }
}
