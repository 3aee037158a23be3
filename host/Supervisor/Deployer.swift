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
  let state: LoopLocal<State>

  struct State {
    var record: DeploymentRecord
    var isBusy = false
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

  init(_ settings: Settings, _ loop: EventLoop, fleet: Fleet, store: ReleaseStore, log: HostLog) throws {
    self.settings = settings
    self.loop = loop
    self.fleet = fleet
    self.store = store
    self.log = log
    state = LoopLocal(loop, State(record: try DeploymentRecord.load(settings.deploymentDirectory)))
  }

  var record: DeploymentRecord { state.value.record }

  /// Makes the record the deployment that is live.
  /// - Returns: what was done, in order.
  /// - Throws: ``Problem`` or ``Refusal`` that names the check which failed; the deployment is what it was then.
  func deploy(_ record: DeploymentRecord, _ changes: [Change], dryRun: Bool = false) async throws -> [DeployStep] {
    guard !state.value.isBusy else {
      throw Problem(409, "deploy_in_progress", "Another deploy is under way on this host; try again when it is done.")
    }
    state.value.isBusy = true
    defer { state.value.isBusy = false }
    var steps = DeploySteps(settings, loop)
    let generation = try steps.take("assemble") { try assemble(record) }
    var workers: [WorkerHandle] = []
    do {
      try steps.take("bind") { try fleet.sockets.bind(ports(generation)) }
      workers = try await steps.take("load") { try await fleet.load(generation) }
      try steps.take("compatibility") { try checkEvents(generation, changes) }
      try await steps.take("migrate") { try await migrate(generation, changes, dryRun: dryRun) }
      try await steps.take("warm") { try await fleet.warm(workers) }
      if dryRun { throw DryRun() }
      try steps.take("record") { try record.save(settings.deploymentDirectory) }
      do { try await steps.take("serve") { try await fleet.serve(workers) } } catch {
        try self.record.save(settings.deploymentDirectory)
        throw error
      }
    } catch {
      fleet.discard(workers)
      discard(generation)
      if error is DryRun { return steps.done }
      throw error
    }
    steps.take("drain") { settle(record, generation, changes) }
    return steps.done
  }

  private struct DryRun: Error {}

  /// The new workers serve: the others may go.
  private func settle(_ record: DeploymentRecord, _ generation: Generation, _ changes: [Change]) {
    state.value.record = record
    fleet.makeCurrent(generation)
    fleet.sockets.keep(ports(generation))
    for change in changes { fleet.crashes.released(change.bundle) }
    RunRoot.removeAll(in: settings.runDirectory, but: generation.number)
  }

  private func ports(_ generation: Generation) -> Ports { Ports(settings, generation.host, generation.bundles) }
}
