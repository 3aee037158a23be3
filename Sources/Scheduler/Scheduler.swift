internal import EventLoop
internal import FunctionKit
internal import Manifest
public import Runtime

/// Fires cron functions: every tick once, over any number of hosts, and the last one missed while none ran.
public final class Scheduler: Sendable {
  private let services: HostServices
  private let jobs: [ScheduledJob]
  private let timer: LoopTimer
  /// Real milliseconds between looks at the clock; a look costs no query unless something is due.
  private static let tickInterval: UInt64 = 200

  public init(services: HostServices, bundles: [LoadedBundle]) {
    self.services = services
    timer = LoopTimer(services.loop)
    jobs = bundles.flatMap { bundle in
      bundle.functions.compactMap { function in
        guard case .cron(let cron) = function.manifest.trigger else { return nil }
        return ScheduledJob(
          plan: CronPlan(schedule: cron.schedule, zone: cron.zone), function: function, bundle: bundle,
          services: services)
      }
    }
  }

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
