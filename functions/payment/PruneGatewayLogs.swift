import FunctionKit

/// Forgets what was said to and by the provider after 400 days: longer than a year's books are asked about.
struct PruneGatewayLogs: CronJob {
  private static let kept: Duration = .days(400)
  private static let step = 5_000

  func handle(_ tick: Tick, context: Context) async throws {
    let limit = context.now - Self.kept
    while try await context.transaction({ try await $0.db.run(Self.prune(before: limit)) }) == Self.step {}
  }

  static func prune(before limit: Instant) -> SQL {
    """
    delete from gateway_log where id in (
      select id from gateway_log where created_at < \(limit) order by created_at limit \(step))
    """
  }
}
