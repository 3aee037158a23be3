import Deployment
import FunctionKit
import Manifest

/// What operators ask for, as changes of the record.
extension Deployer {
  struct Received: Codable, Sendable {
    var bundle: String
    var release: String
    var isNew: Bool
  }

  struct Outcome: Encodable, Sendable {
    var number: Int
    var bundle: String
    var release: String
    var previous: String?
    var diff: ReleaseDifference?
    var steps: [DeployStep]
  }

  struct Upload: Sendable {
    var file: [UInt8]
    var release: String?
    var percent: Int?
    var isDryRun: Bool
  }

  /// Keeps a bundle file, once it is found to be whole and to fit this host.
  func receive(_ bytes: [UInt8]) throws -> Received {
    try settings.withPassingFolder { folder in
      let path = "\(folder)/upload.bundle"
      try writeFile(path, bytes)
      let index = try BundleFile.read(path).index
      if let mismatch = Fingerprint.mismatch(host: fingerprint, bundle: index) {
        throw Problem(422, "bundle_mismatch", mismatch)
      }
      let (release, isNew) = try store.add(file: path, at: now)
      return Received(bundle: release.bundle, release: release.release, isNew: isNew)
    }
  }

  /// What a release would change, against what is live.
  func difference(_ release: Received) throws -> ReleaseDifference {
    try ReleaseDifference(
      of: release.bundle, from: record.bundles[release.bundle]?.release, to: release.release, in: store)
  }

  func deploy(_ upload: Upload) async throws -> Outcome {
    var steps = DeploySteps(settings)
    let release = try steps.take("verify") { try upload.release.map(known) ?? receive(upload.file) }
    let record =
      if let percent = upload.percent {
        try record.beginning(candidate: release.release, of: release.bundle, percent: percent, at: now)
      } else { try record.deploying(release.release, of: release.bundle, at: now) }
    return try await become(record, release.bundle, release.release, dryRun: upload.isDryRun, steps)
  }

  func rollback(_ bundle: String, to release: String?) async throws -> Outcome {
    let record = try record.rollingBack(bundle, to: release, at: now, stored: store.release)
    return try await become(record, bundle, record.bundles[bundle]?.release ?? "", isRollback: true)
  }

  func promote(_ bundle: String) async throws -> Outcome {
    let record = try record.promoting(bundle, at: now)
    return try await become(record, bundle, record.bundles[bundle]?.release ?? "")
  }

  func abort(_ bundle: String) async throws -> Outcome {
    let record = try record.aborting(bundle, at: now)
    return try await become(record, bundle, record.bundles[bundle]?.release ?? "", isRollback: true)
  }

  func apply(_ file: DeploymentFile) async throws -> [Outcome] {
    let record = try record.applying(file, at: now, stored: store.release)
    let changed = file.bundles.keys.filter { record.bundles[$0]?.release != self.record.bundles[$0]?.release }.sorted()
    let steps = try await deploy(record, changed.map { change($0, record) })
    return changed.map { outcome($0, record, steps) }
  }

  private func become(
    _ record: DeploymentRecord, _ bundle: String, _ release: String, isRollback: Bool = false, dryRun: Bool = false,
    _ begun: DeploySteps? = nil
  ) async throws -> Outcome {
    var change = change(bundle, record)
    change.isRollback = isRollback
    change.release = release
    let before = self.record.bundles[bundle]?.release
    let steps = record == self.record ? [] : try await deploy(record, [change], dryRun: dryRun, begun)
    var outcome = outcome(bundle, record, steps)
    outcome.diff = try? ReleaseDifference(of: bundle, from: before, to: release, in: store)
    return outcome
  }

  func change(_ bundle: String, _ record: DeploymentRecord) -> Change {
    let live = self.record.bundles[bundle]
    return Change(
      bundle: bundle, release: record.bundles[bundle]?.release ?? "",
      guarded: [live?.release, live?.previous].compactMap { $0 })
  }

  private func outcome(_ bundle: String, _ record: DeploymentRecord, _ steps: [DeployStep]) -> Outcome {
    let entry = record.bundles[bundle]
    return Outcome(
      number: record.number, bundle: bundle, release: entry?.candidate ?? entry?.release ?? "",
      previous: entry?.previous, steps: steps)
  }

  private func known(_ release: String) throws -> Received {
    guard let stored = store.release(release) else {
      throw Problem(404, "release_unknown", "Release \(release) is not kept here; send its bundle file.")
    }
    return Received(bundle: stored.bundle, release: release, isNew: false)
  }
}
