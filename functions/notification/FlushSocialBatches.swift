import FunctionKit

/// Tells of what people have done to each other's posts, once their windows are over.
struct FlushSocialBatches: CronJob {
  private static let step = 500

  func handle(_ tick: Tick, context: Context) async throws {
    var last: Instant?
    while !Task.isCancelled {
      let due: [Due] = try await context.db.all(
        """
        select id, flush_at from social_batch where status = 'open' and flush_at <= \(context.now)
          and (\(last)::timestamptz is null or flush_at >= \(last))
        order by flush_at limit \(Self.step)
        """)
      var failures = 0
      for batch in due {
        do { try await context.work { try await $0.flush(batch.id) } } catch {
          if Task.isCancelled || (error as? DatabaseError)?.isTransient == true { throw error }
          failures += 1
          context.log.error("social batch \(batch.id) is not told of, but: \(error)")
        }
      }
      guard due.count == Self.step, failures < Self.step else { return }
      last = failures > 0 ? due.last?.flushAt : nil
    }
  }

  private struct Due: Decodable {
    var id: ID
    var flushAt: Instant
  }
}
