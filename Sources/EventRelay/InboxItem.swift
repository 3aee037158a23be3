internal import FunctionKit

/// A row of an inbox that is due.
struct DueItem: Sendable, Decodable {
  let id: ID
  let function: String
  let subject: String

  /// Items of one key are worked through one at a time.
  var key: String { "\(function)\u{0}\(subject)" }

  /// The oldest pending item of every (function, subject) whose time has come. Items of functions that the bundle no
  /// longer has stay where they are.
  static func due(at now: Instant, for functions: [String], limit: Int) -> SQL {
    """
    select id, function, subject from lakoo.inbox item
    where status = 'pending' and next_attempt_at <= \(now) and function = any(\(functions)::text[])
      and not exists (
        select 1 from lakoo.inbox earlier
        where earlier.function = item.function and earlier.subject = item.subject
          and earlier.status = 'pending' and earlier.seq < item.seq)
    order by next_attempt_at, seq limit \(limit)
    """
  }
}

/// An item claimed for its function.
struct ClaimedItem: Sendable, Decodable {
  let type: String
  let source: String
  let subject: String
  let time: Instant
  let data: Bytes
  let deliveryId: String?
  let attempts: Int

  /// Locks the row until the transaction ends; gives none when another worker has it, or had it and did or put it off.
  static func claim(_ item: DueItem, at now: Instant) -> SQL {
    """
    select type, source, subject, time, data, delivery_id, attempts from lakoo.inbox
    where id = \(item.id) and function = \(item.function) and status = 'pending' and next_attempt_at <= \(now)
    for update skip locked
    """
  }

  /// Sets the row aside for as long as its function may take.
  static func lease(_ item: DueItem, at now: Instant, until: Instant) -> SQL {
    """
    update lakoo.inbox set next_attempt_at = \(until)
    where id = \(item.id) and function = \(item.function) and status = 'pending' and next_attempt_at <= \(now)
    returning type, source, subject, time, data, delivery_id, attempts
    """
  }

  static func complete(_ item: DueItem, at now: Instant) -> SQL {
    """
    update lakoo.inbox set status = 'done', processed_at = \(now), attempts = attempts + 1, last_error = null
    where id = \(item.id) and function = \(item.function)
    """
  }

  static func fail(_ item: DueItem, error: String, retryAt: Instant?) -> SQL {
    """
    update lakoo.inbox
    set attempts = attempts + 1, last_error = \(String(error.prefix(1000))),
      status = \(retryAt == nil ? "dead" : "pending"), next_attempt_at = coalesce(\(retryAt)::timestamptz, next_attempt_at)
    where id = \(item.id) and function = \(item.function) and status = 'pending'
    """
  }
}
