import FunctionKit

/// How many messages there were of each type on each channel, by the days on which things happened to them.
struct NotificationStats: Endpoint {
  static let longest: Int64 = 92

  struct Input: Decodable {
    /// Thirty days with `to` unless said.
    var from: Day?
    /// Included; today unless said.
    var to: Day?
  }

  struct Stats: Codable, Sendable {
    var from: Day
    var to: Day
    var counts: [Count]
  }

  struct Count: Codable, Sendable {
    var channel: Channel
    var type: String
    var created: Int
    /// Not made, because their users did not want them, could not be reached or had had enough.
    var skipped: Int
    var sent: Int
    var delivered: Int
    /// As far as carriers tell.
    var opened: Int
    /// How often a message was given up on or came back; one that was sent again may fail again.
    var failed: Int
    /// What carriers charge for those sent, in millionths of a rupiah.
    var costMicro: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Stats {
    let to = input.to ?? Day(of: context.now)
    let from = input.from ?? to.adding(-29)
    guard from.start <= to.start, to.start < from.adding(Self.longest).start else {
      throw Problem.invalid("to", "must not be before from, nor more than 92 days in all", code: "range")
    }
    return Stats(from: from, to: to, counts: try await context.db.all(Self.statement(from, to)))
  }

  /// The sums so far, and the few that are not in them yet.
  static func statement(_ from: Day, _ to: Day) -> SQL {
    func rows(_ table: SQL) -> SQL {
      """
      select channel, type, created, skipped, sent, delivered, opened, failed, cost_micro
      from \(table) where day between \(from)::date and \(to)::date
      """
    }
    return """
      select channel, type, sum(created) as created, sum(skipped) as skipped, sum(sent) as sent,
        sum(delivered) as delivered, sum(opened) as opened, sum(failed) as failed,
        sum(cost_micro)::bigint as cost_micro
      from (\(rows("daily_count")) union all \(rows("daily_count_part"))) as counted
      group by channel, type order by channel, type
      """
  }
}
