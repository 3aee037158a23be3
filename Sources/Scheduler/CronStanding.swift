public import FunctionKit
internal import Manifest
internal import Postgres
public import Runtime

/// How one cron function has been doing.
public struct CronStanding: Codable, Sendable, Hashable {
  public let function: String
  /// When a run last ended well; nil when none has.
  public let succeededAt: Instant?
  /// Runs that are under way.
  public let running: Int
}

extension LoadedBundle {
  /// How each of its cron functions has been doing.
  public func cronStandings() async throws -> [CronStanding] {
    let names = functions.filter(\.isCron).map(\.name)
    guard !names.isEmpty else { return [] }
    return try await requirePool().read(
      """
      select name as function,
        (select finished_at from lakoo.cron_tick where function = name and status = 'done'
         order by id desc limit 1) as succeeded_at,
        (select count(*) from lakoo.cron_tick where function = name and status = 'running')::int as running
      from unnest(\(names)::text[]) as name
      """, timeout: .seconds(1)
    ).rows.map { try $0.decode() }
  }
}

extension LoadedFunction {
  fileprivate var isCron: Bool { if case .cron = manifest.trigger { true } else { false } }
}
