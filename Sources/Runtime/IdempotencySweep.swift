internal import EventLoop
internal import FunctionKit
internal import Postgres

/// Deletes the stored answers that no repeat can get any more, in every database, once an hour.
public final class IdempotencySweep: Sendable {
  private let services: HostServices
  private let bundles: [LoadedBundle]
  private let timer: LoopTimer
  private let running: LoopLocal<Task<Void, Never>?>
  private static let minute: UInt64 = 60_000
  /// Rows that one statement deletes, so that none of them holds locks for long.
  private static let batch = 1000

  public init(services: HostServices, bundles: [LoadedBundle]) {
    self.services = services
    self.bundles = bundles
    timer = LoopTimer(services.loop)
    running = LoopLocal(services.loop, nil)
  }

  public func start() {
    timer.start(after: IdempotencySweep.minute, repeating: 60 * IdempotencySweep.minute) { [weak self] in
      guard let self, running.value == nil else { return }
      running.value = Task(executorPreference: services.loop) {
        await self.sweep()
        self.running.value = nil
      }
    }
  }

  /// Begins nothing new and waits for what runs.
  public func stop() async {
    timer.close()
    running.value?.cancel()
    await running.value?.value
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
