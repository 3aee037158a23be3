import Manifest

/// The workers of one deployment, and what they are started from.
struct Generation: Sendable {
  let number: Int
  /// The folder with its manifests, libraries and migrations.
  let root: String
  let host: HostManifest
  let bundles: [BundleManifest]
  let groups: [WorkerGroup]

  func group(_ role: WorkerRole) -> WorkerGroup? { groups.first { $0.role == role } }

  /// Which release of each bundle is live in it.
  var releases: [String: String] { group(.front)?.releases ?? [:] }
}
