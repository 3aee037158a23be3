internal import FunctionKit
internal import Postgres

/// Deletes the stored answers that no repeat can get any more, in every database, once an hour.
public struct IdempotencySweep: Sendable {
  private let services: HostServices
  private let bundles: [LoadedBundle]
  /// Rows that one statement deletes, so that none of them holds locks for long.
  private static let batch = 1000

  public init(services: HostServices, bundles: [LoadedBundle]) {
    self.services = services
    self.bundles = bundles
  }

  public var task: PeriodicTask {
    PeriodicTask(services.loop, after: .minutes(1), every: .hours(1)) { await sweep() }
  }

  /// Goes through all databases now. One that can't be reached is left for the next hour.
  public func sweep() async {
    for bundle in bundles {
      guard let pool = bundle.pool else { continue }
      do {
        while try await sweepBatch(pool) == IdempotencySweep.batch { try Task.checkCancellation() }
      } catch is CancellationError {
        return
      } catch {
        services.log.host(.warning, "\(bundle.name): old idempotency keys could not be deleted: \(error)")
      }
    }
  }

  private func sweepBatch(_ pool: PostgresPool) async throws -> Int {
    let end = services.clock.now - IdempotencyStore.lifetime
    return try await pool.write(
      """
      delete from lakoo.idempotency where (function, caller, key) in (
        select function, caller, key from lakoo.idempotency where created_at <= \(end)
        limit \(IdempotencySweep.batch) for update skip locked)
      """, timeout: .seconds(30)
    ).affected
  }
}
