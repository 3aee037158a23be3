import Deployment
import FunctionKit

/// Which releases a host program can run: those that were built with its kit and its compiler.
struct Fitting: Sendable {
  let store: ReleaseStore
  let fingerprint: Fingerprint

  /// The record with the newest release that fits in the place of every live one that does not.
  /// - Throws: ``Problem`` 422 that names the bundles of which no release fits.
  func fitted(_ record: DeploymentRecord, at now: Instant) throws -> DeploymentRecord {
    var record = record
    var mistakes: [String] = []
    for (name, bundle) in record.bundles.sorted(by: { $0.key < $1.key }) {
      if let candidate = bundle.candidate, try mismatch(candidate) ?? mismatch(bundle.release) != nil {
        record = try record.aborting(name, at: now)
      }
      guard let mismatch = try mismatch(bundle.release) else { continue }
      if let other = try store.list().first(where: { try $0.bundle == name && self.mismatch($0.release) == nil }) {
        record = try record.deploying(other.release, of: name, at: now)
      } else {
        mistakes.append(mismatch)
      }
    }
    try refuse(mistakes)
    return record
  }

  /// - Parameter before: what runs already.
  /// - Throws: ``Problem`` 422 that names the bundles whose new release this host can't run.
  func check(_ record: DeploymentRecord, after before: DeploymentRecord) throws {
    try refuse(record.named.subtracting(before.named).sorted().compactMap(mismatch))
  }

  private func refuse(_ mistakes: [String]) throws {
    guard mistakes.isEmpty else { throw Problem(422, "bundle_mismatch", mistakes.joined(separator: "\n")) }
  }

  /// Why the host program can't run a release; nil if it can.
  func mismatch(_ release: String) throws -> String? {
    Fingerprint.mismatch(host: fingerprint, bundle: try store.index(of: release))
  }
}
