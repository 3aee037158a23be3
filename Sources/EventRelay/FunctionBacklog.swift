public import FunctionKit
internal import Manifest
internal import Postgres
public import Runtime

/// What one function has been given and has not done.
public struct FunctionBacklog: Codable, Sendable, Hashable {
  public let function: String
  /// Events and deliveries that wait, never more than 100,000.
  public let pending: Int
  /// Milliseconds for which the first of them could have run.
  public let overdue: Int64
  /// What it has given up; of a bundle never more than 10,000 are counted.
  public let dead: Int
}

extension LoadedBundle {
  /// What waits for each function that is given events or deliveries. Counting ends somewhere, so that a look costs little
  /// when there is much.
  public func backlog(at now: Instant) async throws -> [FunctionBacklog] {
    let names = functions.filter(\.isGivenWork).map(\.name)
    guard !names.isEmpty else { return [] }
    return try await requirePool().read(
      """
      select name as function,
        (select count(*) from (select from lakoo.pending where function = name limit 100000) waiting)::int as pending,
        coalesce((
          select extract(epoch from \(now)::timestamptz - due_at) * 1000 from lakoo.pending
          where function = name and due_at < \(now) order by due_at limit 1), 0)::bigint as overdue,
        coalesce(letters.count, 0)::int as dead
      from unnest(\(names)::text[]) as name left join (
        select function, count(*) from (select function from lakoo.dead_letter limit 10000) letter group by function
      ) letters on letters.function = name
      """, timeout: .seconds(1)
    ).rows.map { try $0.decode() }
  }
}

extension LoadedFunction {
  fileprivate var isGivenWork: Bool {
    switch manifest.trigger {
    case .event, .webhook: true
    case .endpoint, .cron: false
    }
  }
}
