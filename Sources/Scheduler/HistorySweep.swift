internal import FunctionKit
internal import Postgres
public import Runtime

/// Deletes ticks that have been over for 90 days, in every database, once an hour.
public struct HistorySweep: Sendable {
  private let services: HostServices
  private let bundles: [LoadedBundle]
  private static let lifetime = Duration.days(90)
  /// Rows that one statement deletes, so that none of them holds locks for long.
  private static let batch = 1000

  public init(services: HostServices, bundles: [LoadedBundle]) {
    self.services = services
    self.bundles = bundles
  }

  public var task: PeriodicTask {
    PeriodicTask(services.loop, after: .minutes(2), every: .hours(1)) { await sweep() }
  }

  /// Goes through all databases now. One that can't be reached is left for the next hour.
  public func sweep() async {
    for bundle in bundles {
      guard let pool = bundle.pool else { continue }
      do {
        while try await sweepBatch(pool) == HistorySweep.batch { try Task.checkCancellation() }
      } catch is CancellationError {
        return
      } catch {
        services.log.host(.warning, "\(bundle.name): old ticks could not be deleted: \(error)")
      }
    }
  }

  /// The latest tick of a schedule stays for ever: the next one is counted from it.
  private func sweepBatch(_ pool: PostgresPool) async throws -> Int {
    let end = services.clock.now - HistorySweep.lifetime
    return try await pool.write(
      """
      delete from lakoo.cron_tick where id in (
        select id from lakoo.cron_tick old
        where status in ('done', 'failed', 'skipped') and finished_at <= \(end)
          and (manual or exists (
            select 1 from lakoo.cron_tick later
            where later.function = old.function and not later.manual and later.scheduled_at > old.scheduled_at))
        limit \(HistorySweep.batch) for update skip locked)
      """, timeout: .seconds(30)
    ).affected
  }
}
