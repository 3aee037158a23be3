import Manifest

/// The workers of one deployment, and what they are started from.
struct Generation: Sendable {
  let number: Int
  /// The folder with its manifests, libraries and migrations.
  let root: String
  let host: HostManifest
  let bundles: [BundleManifest]
  /// Which release of each bundle it runs.
  let releases: [String: String]

  /// Workers that run everything but what is isolated.
  func strength(_ settings: Settings) -> Int { settings.workers ?? host.workers ?? processorCount() }
}
