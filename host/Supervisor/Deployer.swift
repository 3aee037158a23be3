import Deployment
import EventLoop
import FunctionKit
import Glibc
import Manifest
import Migrations
import Runtime

/// Brings a host from one deployment to another, step by step. Until the record is written nothing has changed for
/// anybody, and what has been made so far is taken back when a step fails.
final class Deployer: Sendable {
  let settings: Settings
  let loop: EventLoop
  let fleet: Fleet
  let store: ReleaseStore
  let log: HostLog
  let clock: HostClock
  /// What libraries must have been built with to run here.
  let fingerprint: Fingerprint
  let state: LoopLocal<State>

  struct State {
    var record: DeploymentRecord
    var isBusy = false
    var lastGeneration = 0
  }

  /// A bundle whose release changes.
  struct Change: Sendable {
    var bundle: String
    var release: String
    /// The releases whose statements must go on working: the one that is live and the one to roll back to.
    var guarded: [String]
    /// A way back brings no steps of its own.
    var isRollback = false
  }

  init(_ settings: Settings, _ loop: EventLoop, fleet: Fleet, store: ReleaseStore, clock: HostClock) throws {
    self.settings = settings
    self.loop = loop
    self.fleet = fleet
    self.store = store
    log = fleet.log
    self.clock = clock
    fingerprint = try Fingerprint.host(libraryDirectory: settings.libraryDirectory)
    let record = try DeploymentRecord.load(directory: settings.deploymentDirectory)
    state = LoopLocal(loop, State(record: record ?? DeploymentRecord(since: clock.now)))
  }

  var record: DeploymentRecord { state.value.record }
  var isBusy: Bool { state.value.isBusy }
  var now: Instant { clock.now }

  /// Makes the record the deployment that is live.
  /// - Parameter begun: the steps that were taken before.
  /// - Returns: what was done, in order.
  /// - Throws: ``Problem`` or ``Refusal`` that names the check which failed; the deployment is what it was then.
  func deploy(
    _ record: DeploymentRecord, _ changes: [Change], dryRun: Bool = false, _ begun: DeploySteps? = nil
  ) async throws -> [DeployStep] {
    guard !state.value.isBusy else {
      throw Problem(409, "deploy_in_progress", "Another deploy is under way on this host; try again when it is done.")
    }
    state.value.isBusy = true
    defer { state.value.isBusy = false }
    var steps = begun ?? DeploySteps(settings)
    let generation = try steps.take("assemble") { try assemble(record) }
    do { try await bring(generation, record, changes, dryRun: dryRun, &steps) } catch {
      discard(generation)
      guard error is DryRun else { throw error }
    }
    return steps.done
  }

  /// The steps from a folder to run from to workers that serve.
  func bring(
    _ generation: Generation, _ record: DeploymentRecord, _ changes: [Change], dryRun: Bool = false,
    _ steps: inout DeploySteps
  ) async throws {
    var workers: [WorkerHandle] = []
    do {
      try steps.take("bind") {
        try fleet.sockets.bind(ports(generation))
        try fleet.bindGroups(generation)
      }
      workers = try await steps.take("load") { try await fleet.load(generation) }
      try steps.take("compatibility") { try checkEvents(generation, changes) }
      try await steps.take("migrate") { try await migrate(generation, changes, dryRun: dryRun) }
      try await steps.take("warm") { try await fleet.warm(workers) }
      if dryRun { throw DryRun() }
      try steps.take("record") { try record.save(directory: settings.deploymentDirectory) }
      try await steps.take("serve") { try await serve(workers) }
    } catch {
      fleet.discard(workers)
      throw error
    }
    steps.take("drain") { settle(record, generation, changes) }
  }

  /// Workers that were warm and can't serve after all leave the deployment as it was.
  private func serve(_ workers: [WorkerHandle]) async throws {
    do { try await fleet.serve(workers) } catch {
      try record.save(directory: settings.deploymentDirectory)
      throw error
    }
  }

  private struct DryRun: Error {}

  /// The new workers serve: the others may go.
  private func settle(_ record: DeploymentRecord, _ generation: Generation, _ changes: [Change]) {
    let before = self.record
    state.value.record = record
    fleet.makeCurrent(generation)
    fleet.sockets.keep(ports(generation))
    for change in changes where record.bundles[change.bundle]?.release != before.bundles[change.bundle]?.release {
      fleet.crashes.released(change.bundle)
    }
    removeOldRoots(but: generation)
  }

  private func ports(_ generation: Generation) -> Ports { Ports(settings, generation.host, generation.bundles) }
}
