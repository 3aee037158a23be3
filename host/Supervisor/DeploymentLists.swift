import Deployment
import FunctionKit

/// What is kept here, and what is live as a file.
extension Deployer {
  struct ReleaseStatus: Encodable {
    var bundle: String
    var release: String
    var addedAt: Instant
    var state: String
    var bytes: Int
  }

  /// The latest first.
  func releases(of bundle: String?) -> [ReleaseStatus] {
    store.list().filter { bundle == nil || $0.bundle == bundle }.map { stored in
      ReleaseStatus(
        bundle: stored.bundle, release: stored.release, addedAt: stored.addedAt, state: state(of: stored),
        bytes: stored.bytes)
    }
  }

  private func state(of stored: StoredRelease) -> String {
    let bundle = record.bundles[stored.bundle]
    switch stored.release {
    case bundle?.release: return "live"
    case bundle?.candidate: return "candidate"
    case bundle?.previous: return "previous"
    default: return "stored"
    }
  }

  func file() throws -> DeploymentFile { try DeploymentFile(record, stored: store.release) }
}
