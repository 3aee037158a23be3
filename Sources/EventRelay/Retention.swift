internal import FunctionKit
internal import Postgres
public import Runtime

/// Keeps outboxes and inboxes by the day: makes the days to come, and drops those that are old and done with.
public struct Retention: Sendable {
  private let services: HostServices
  private let bundles: [LoadedBundle]
  private let keep: Duration

  /// - Parameter keep: how long what is done with is kept.
  public init(services: HostServices, bundles: [LoadedBundle], keep: Duration) {
    self.services = services
    self.bundles = bundles
    self.keep = keep
  }

  public var task: PeriodicTask {
    PeriodicTask(services.loop, after: .minutes(10), every: .minutes(10)) { await tidy() }
  }

  /// Goes through all databases now. What can't be done, because somebody holds a lock for longer, is left for the next
  /// time: a day that is missing is no harm, its rows go where all others go that have none.
  public func tidy() async {
    await withTaskGroup { group in
      for bundle in bundles where bundle.pool != nil { group.addTask { await tidy(bundle) } }
    }
  }

  private func tidy(_ bundle: LoadedBundle) async {
    let keeper = DayKeeper(bundle: bundle, readers: bundles, now: services.clock.now, keep: keep)
    do { try await keeper.tidy() } catch is CancellationError {} catch {
      services.log.host(.warning, "\(bundle.name): its old events could not be tidied, which is tried again: \(error)")
    }
  }
}
