import Deployment
import EventLoop
import FunctionKit

/// What is live, and on which workers.
struct DeploymentStatus: Encodable {
  struct Bundle: Encodable {
    var bundle: String
    var release: String
    var previous: String?
    var since: Instant
    var candidate: String?
    var percent: Int?
  }

  struct Worker: Encodable {
    var id: Int
    var pid: Int32
    var state: String
    var generation: Int
    /// `front`, `dedicated` or `candidate`.
    var role: String
    /// The one that it is there for alone.
    var bundle: String?
    /// When it came into that state.
    var since: Instant
    /// Bytes that the process has in memory.
    var memory: Int
  }

  var number: Int
  var since: Instant
  var bundles: [Bundle]
  var workers: [Worker]
  var quarantined: [QuarantineStatus]
}

struct QuarantineStatus: Encodable {
  var bundle: String
  var function: String
  var release: String
  var since: Instant
  var crashes: Int

  init(_ quarantine: CrashLedger.Quarantine) {
    bundle = quarantine.function.bundle
    function = quarantine.function.function
    release = quarantine.release
    since = Instant(seconds: quarantine.since)
    crashes = quarantine.crashes
  }
}

extension DeployRoutes {
  var status: DeploymentStatus {
    let record = deployer.record
    return DeploymentStatus(
      number: record.number, since: record.since,
      bundles: record.bundles.sorted { $0.key < $1.key }.map { name, bundle in
        DeploymentStatus.Bundle(
          bundle: name, release: bundle.release, previous: bundle.previous, since: bundle.since,
          candidate: bundle.candidate, percent: bundle.percent)
      }, workers: fleet.workers.map(status), quarantined: quarantined)
  }

  private func status(of worker: WorkerHandle) -> DeploymentStatus.Worker {
    DeploymentStatus.Worker(
      id: worker.id, pid: worker.processID, state: "\(worker.phase)", generation: worker.generation,
      role: worker.role.word, bundle: worker.role.bundle,
      since: deployer.now - .milliseconds(Int64(fleet.loop.now - worker.since)),
      memory: worker.resident)
  }

  var quarantined: [QuarantineStatus] { fleet.crashes.quarantines.map(QuarantineStatus.init) }
}
