import FunctionKit

/// Adds what was counted since the last time to the days' sums, a part at a time.
struct FoldDailyCounts: CronJob {
  private static let step = 10_000

  func handle(_ tick: Tick, context: Context) async throws {
    while !Task.isCancelled {
      let folded = try await context.work { try await $0.db.one(Self.fold, as: Int.self) }
      guard folded == Self.step else { return }
    }
  }

  private static let fold: SQL = """
    with part as (
      delete from daily_count_part where id in (select id from daily_count_part order by id limit \(step)) returning *
    ), added as (
      insert into daily_count as total
        (day, channel, type, created, skipped, sent, delivered, opened, failed, cost_micro)
      select day, channel, type, sum(created), sum(skipped), sum(sent), sum(delivered), sum(opened), sum(failed),
        sum(cost_micro)
      from part group by day, channel, type
      on conflict (day, channel, type) do update set created = total.created + excluded.created,
        skipped = total.skipped + excluded.skipped, sent = total.sent + excluded.sent,
        delivered = total.delivered + excluded.delivered, opened = total.opened + excluded.opened,
        failed = total.failed + excluded.failed, cost_micro = total.cost_micro + excluded.cost_micro
    )
    select count(*) from part
    """
}
