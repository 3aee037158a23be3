import FunctionKit

/// A broadcast, and how far it is.
struct BroadcastView: Codable, Sendable {
  var id: ID
  var templateCode: String
  var category: Category
  var channels: [Channel]
  /// Nil for people by name.
  var segment: BroadcastSegment?
  var scheduledFor: Instant
  var status: BroadcastStatus
  /// How many people it is for; of a segment as many as there were when it began.
  var total: Int
  /// How many of them have had their turn.
  var processed: Int
  /// How many of those got no message: they want none, can't be reached, or have had their share of the day.
  var skipped: Int
  /// Messages that are on their way or there, over all channels.
  var sent: Int
  /// Messages that were given up.
  var failed: Int
  var createdBy: ID
  var approvedBy: ID?
  var startedAt: Instant?
  var finishedAt: Instant?
  var version: Int
  var createdAt: Instant

  static let columns: SQL = """
    id, template_code, category, channels, audience ->> 'segment' as segment, scheduled_for, status, total, processed,
    skipped, \(sent) as sent, \(failed) as failed, created_by, approved_by, started_at, finished_at, version, created_at
    """

  /// Messages change after a broadcast is over; they are counted until nothing more will come of them.
  private static let sent = counted("sent", "('sent', 'delivered')")
  private static let failed = counted("failed", "('failed')")

  private static func counted(_ column: SQL, _ states: SQL) -> SQL {
    "case when settled_at is null then \(messages(states)) else broadcast.\(column) end"
  }

  static func messages(_ states: SQL) -> SQL {
    """
    (select count(*) from notification where cancel_key = 'broadcast:' || broadcast.id and notification.status in \(states))
    """
  }
}

extension Database {
  func broadcast(_ id: ID) async throws -> BroadcastView {
    let found: BroadcastView? = try await first("select \(BroadcastView.columns) from broadcast where id = \(id)")
    guard let found else { throw Problem.notFound("broadcast") }
    return found
  }
}
