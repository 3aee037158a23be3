internal import EventLoop
public import FunctionKit
internal import Manifest
internal import Postgres
public import Runtime

/// Fires cron functions: every tick is decided once, over any number of hosts, as the manifest says.
public final class Scheduler: Sendable {
  private let services: HostServices
  private let jobs: [ScheduledJob]
  /// Those that other workers fire.
  private let others: [ScheduledJob]
  private let timer: LoopTimer
  /// Real milliseconds between looks at the clock; a look costs no query unless something is due.
  private static let tickInterval: UInt64 = 200

  /// - Parameters:
  ///   - elsewhere: the bundles whose functions are only told of here, and fired by others.
  ///   - runner: what the history calls this host.
  public init(services: HostServices, bundles: [LoadedBundle], elsewhere: [LoadedBundle] = [], runner: String) {
    self.services = services
    timer = LoopTimer(services.loop)
    func scheduled(in bundles: [LoadedBundle]) -> [ScheduledJob] {
      bundles.flatMap { bundle in
        bundle.functions.compactMap { function in
          guard case .cron(let cron) = function.manifest.trigger else { return nil }
          return ScheduledJob(cron, function, bundle, services, runner)
        }
      }
    }
    jobs = scheduled(in: bundles)
    others = scheduled(in: elsewhere)
    services.quarantine.onChange { [weak self] in self?.expectNews() }
  }

  /// What to look at is left to the clock, which does not run in a worker that has not been started.
  private func expectNews() { for job in jobs { job.expectNews() } }

  public func start() {
    guard !jobs.isEmpty else { return }
    timer.start(after: 1, repeating: Scheduler.tickInterval) { [weak self] in
      guard let self else { return }
      for job in jobs { job.look() }
    }
  }

  /// Fires nothing new and waits for what runs.
  public func stop() async {
    timer.close()
    for job in jobs { await job.stop() }
  }
}

extension Scheduler {
  /// Every cron function with its next tick and the last one that is over.
  public func crons() async throws -> [CronStatus] {
    var crons: [CronStatus] = []
    for job in jobs + others {
      let last = try await job.ledger().pool.read(CronRecord.last(of: job.function.name), timeout: .seconds(10))
      crons.append(
        CronStatus(
          bundle: job.bundle.name, function: job.function.name, schedule: job.plan.schedule.description,
          zone: job.plan.zone.identifier, next: job.plan.next(after: services.clock.now),
          last: try last.rows.first?.decode()))
    }
    return crons
  }

  /// What became of the latest ticks, the latest first.
  /// - Throws: ``Problem`` 404 for a function that is no cron.
  public func history(of function: String, in bundle: String, limit: Int) async throws -> [CronRecord] {
    let pool = try job(function, in: bundle).ledger().pool
    return try await pool.read(CronRecord.history(of: function, limit: limit), timeout: .seconds(10)).rows.map {
      try $0.decode()
    }
  }

  /// Runs a function besides its schedule, which goes on as if nothing had happened.
  /// - Parameter moment: the time that the function is told; nil for now.
  public func run(_ function: String, in bundle: String, at moment: Instant?) async throws -> CronRecord {
    let job = try job(function, in: bundle)
    let now = services.clock.now
    let record = try await job.ledger().insertManual(at: moment ?? now, now: now)
    job.wake()
    return record
  }

  private func job(_ function: String, in bundle: String) throws -> ScheduledJob {
    guard let job = jobs.first(where: { $0.function.name == function && $0.bundle.name == bundle }) else {
      let known = jobs.map { "\($0.bundle.name)/\($0.function.name)" }.joined(separator: ", ")
      throw Problem(404, "not_found", "There is no cron \(bundle)/\(function); there are \(known).")
    }
    return job
  }
}
