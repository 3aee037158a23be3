internal import FunctionKit

/// The statements on what is still to be done.
enum Pending {
  /// What is due for each of these functions, oldest first, but for the keys that this host works on. Each has a share of
  /// its own, so that one with much to do does not keep the others waiting.
  static func due(
    at now: Instant, for functions: [String], except busy: [DueItem], limit: Int
  ) -> SQL {
    """
    select function, key, seq from lakoo.due(\(functions)::text[],
      \(busy.map { "\($0.function) \($0.key)" })::text[], \(now), \(limit))
    """
  }

  /// Locks the rows until the transaction ends. Gives none of a key whose earlier events are not among them, that another
  /// host works on, or that a dead letter blocks.
  static func claim(_ items: [DueItem], at now: Instant) -> SQL {
    """
    select place::text, key, seq, id, attempts, type, source, subject, time, trace, data, delivery_id
    from lakoo.claim(\(items.first?.function ?? ""), \(items.map(\.key))::text[], \(items.map(\.seq))::bigint[], \(now))
    """
  }

  /// Sets the row aside, and those behind it, for as long as its function may take.
  static func lease(_ item: DueItem, at now: Instant, until: Instant) -> SQL {
    """
    with leased as (
      update lakoo.pending set due_at = \(until)
      where function = \(item.function) and key = \(item.key) and seq = \(item.seq) and due_at <= \(now)
        and not exists (
          select from lakoo.pending earlier
          where earlier.function = \(item.function) and earlier.key = \(item.key) and earlier.seq < \(item.seq))
        and not exists (
          select from lakoo.dead_letter dead
          where dead.blocks and dead.function = \(item.function) and dead.key = \(item.key))
      returning id, attempts),
    behind as (
      update lakoo.pending set due_at = \(until)
      where function = \(item.function) and key = \(item.key) and seq > \(item.seq) and due_at < \(until)
        and exists (select from leased))
    select '' as place, \(item.key)::text as key, \(item.seq)::bigint as seq, leased.id, leased.attempts, event.*
    from leased cross join lateral (\(event(of: "leased.id", item.function)) offset 0) event
    """
  }

  /// Rows that this transaction has claimed, by where they are.
  static func done(at places: [String]) -> SQL { "select lakoo.complete(\(places)::tid[])" }

  /// A row that was leased. What was behind it is due. Nothing happens when the lease has gone to somebody else.
  static func done(_ item: DueItem, lease: Instant, at now: Instant) -> SQL {
    """
    with done as (delete from lakoo.pending where \(isHeld(item, lease: lease)) returning function, key)
    update lakoo.pending set due_at = \(now) from done
    where pending.function = done.function and pending.key = done.key and pending.seq > \(item.seq)
      and due_at > \(now) and due_at < 'infinity'
    """
  }

  /// A row that was leased is due again, and what is behind it.
  static func letGo(_ item: DueItem, lease: Instant, at now: Instant) -> SQL {
    """
    update lakoo.pending set due_at = \(now)
    where function = \(item.function) and key = \(item.key) and due_at = \(lease)
    """
  }

  /// What waited behind rows that are gone is due.
  static func release(_ function: String, _ keys: [String], at now: Instant) -> SQL {
    """
    update lakoo.pending set due_at = \(now)
    where function = \(function) and key = any(\(keys)::text[]) and due_at > \(now) and due_at < 'infinity'
    """
  }

  /// Puts the row off, and those behind it, which the row keeps waiting. Gives a row if it was still there to be put off.
  static func putOff(_ failed: FailedAttempt, until: Instant, message: String) -> SQL {
    """
    with failed as (
      update lakoo.pending set attempts = attempts + 1, due_at = \(until), errors = \(errors(with: message))
      where \(isHeld(failed)) returning function, key),
    behind as (
      update lakoo.pending set due_at = \(until) from failed
      where pending.function = failed.function and pending.key = failed.key and pending.seq > \(failed.item.seq)
        and due_at < \(until))
    select true from failed
    """
  }

  /// Gives the row up. What is behind it is due, or waits until somebody decides. Gives a row if it was still there.
  static func giveUp(_ failed: FailedAttempt, release: String, blocks: Bool, message: String, at now: Instant) -> SQL {
    let due: SQL = blocks ? "'infinity'" : "\(now)"
    return """
      with dead as (
        delete from lakoo.pending where \(isHeld(failed))
        returning function, key, id, attempts + 1 as attempts, \(errors(with: message)) as errors),
      letter as (
        insert into lakoo.dead_letter (id, function, seq, type, source, subject, key, time, trace, data, delivery_id,
          received_at, attempts, errors, release, died_at, blocks)
        select dead.id, event.function, seq, type, source, subject, event.key, time, trace, data, delivery_id,
          received_at, dead.attempts, dead.errors, \(release), \(now), \(blocks)
        from dead cross join lateral (
          select * from lakoo.inbox where id = dead.id and function = dead.function limit 1) event
        on conflict (id, function) do update
          set attempts = excluded.attempts, errors = excluded.errors, release = excluded.release,
            died_at = excluded.died_at, blocks = excluded.blocks),
      behind as (
        update lakoo.pending set due_at = \(due) from dead
        where pending.function = dead.function and pending.key = dead.key and pending.seq > \(failed.item.seq))
      select true from dead
      """
  }

  /// Whether the row is as it was when the attempt began: nobody else has dealt with it since.
  private static func isHeld(_ failed: FailedAttempt) -> SQL {
    guard let lease = failed.lease else { return "\(isRow(failed.item)) and attempts = \(failed.attempt - 1)" }
    return isHeld(failed.item, lease: lease)
  }

  private static func isHeld(_ item: DueItem, lease: Instant) -> SQL { "\(isRow(item)) and due_at = \(lease)" }

  private static func isRow(_ item: DueItem) -> SQL {
    "function = \(item.function) and key = \(item.key) and seq = \(item.seq)"
  }

  /// The last ten messages, so that a row stays small however often it is tried.
  private static func errors(with error: String) -> SQL {
    "errors[greatest(1, coalesce(array_length(errors, 1), 0) - 8):] || \(error)::text"
  }

  private static func event(of id: SQL, _ function: String) -> SQL {
    """
    select type, source, subject, time, trace, data, delivery_id from lakoo.inbox
    where id = \(id) and function = \(function)
    """
  }
}

/// An event that a function has been given to work on.
struct ClaimedItem: Sendable, Decodable {
  /// Where its row is.
  let place: String
  let key: String
  let seq: Int64
  let id: ID
  let attempts: Int
  let type: String
  let source: String
  let subject: String
  let time: Instant
  let trace: String?
  let data: Bytes
  let deliveryId: String?

  /// Where it was emitted.
  var caller: Trace? { trace.flatMap { Trace($0) } }

  var envelope: EventEnvelope { EventEnvelope(id: id, type: type, source: source, subject: subject, time: time) }
}
