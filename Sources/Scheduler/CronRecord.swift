public import FunctionKit

/// One tick, or one run that a person asked for, as the history keeps it.
public struct CronRecord: Codable, Sendable {
  public let scheduledAt: Instant
  /// `pending`, `running`, `done`, `failed` or `skipped`.
  public let status: String
  public let manual: Bool
  public let attempts: Int
  /// The host that started it last, by its name and process id.
  public let runner: String?
  public let startedAt: Instant?
  public let finishedAt: Instant?
  /// Of the last attempt that failed.
  public let error: String?
  public let skippedReason: String?

  static let columns: SQL =
    "scheduled_at, status, manual, attempts, runner, started_at, finished_at, error, skipped_reason"

  static func history(of function: String, limit: Int) -> SQL {
    """
    select \(columns) from lakoo.cron_tick where function = \(function) and status <> 'seen'
    order by id desc limit \(limit)
    """
  }

  /// The last tick that is over.
  static func last(of function: String) -> SQL {
    """
    select \(columns) from lakoo.cron_tick where function = \(function) and status in ('done', 'failed', 'skipped')
    order by id desc limit 1
    """
  }
}

/// One cron function and how it is doing.
public struct CronStatus: Encodable, Sendable {
  public let bundle: String
  public let function: String
  public let schedule: String
  public let zone: String
  public let next: Instant?
  public let last: CronRecord?
}
