import FunctionKit

/// Forgets verdicts that have expired.
struct PruneValidationCache: CronJob {
  private static let step = 10_000

  func handle(_ tick: Tick, context: Context) async throws {
    while try await prune(context) == Self.step {}
  }

  private func prune(_ context: Context) async throws -> Int {
    try await context.transaction { tx in
      try await tx.db.run(
        "delete from validation_cache where input_hash in (\(Self.expired(at: context.now)))")
    }
  }

  static func expired(at now: Instant) -> SQL {
    "select input_hash from validation_cache where expires_at <= \(now) limit \(step)"
  }
}
