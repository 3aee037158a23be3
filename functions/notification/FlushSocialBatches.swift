import FunctionKit

/// Tells of what people have done to each other's posts, once their windows are over.
struct FlushSocialBatches: CronJob {
  private static let step = 500

  func handle(_ tick: Tick, context: Context) async throws {
    var last = Due(id: ID(at: Instant(seconds: 0), random: (0, 0)), flushAt: Instant(seconds: 0))
    while !Task.isCancelled {
      let due: [Due] = try await context.db.all(
        """
        select id, flush_at from social_batch where status = 'open' and flush_at <= \(context.now)
          and (flush_at, id) > (\(last.flushAt)::timestamptz, \(last.id)::uuid)
        order by flush_at, id limit \(Self.step)
        """)
      for batch in due {
        try await context.skippingFailures("social batch \(batch.id) is due") {
          try await context.work { try await $0.flush(batch.id) }
        }
      }
      guard due.count == Self.step, let next = due.last else { return }
      last = next
    }
  }

  private struct Due: Decodable {
    var id: ID
    var flushAt: Instant
  }
}
