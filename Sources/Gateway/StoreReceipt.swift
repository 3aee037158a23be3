internal import FunctionKit
internal import Postgres

/// A provider's delivery on its way into the inbox.
struct Receipt: Sendable {
  let id: ID
  let function: String
  let deliveryID: String
  /// That of the request it came with.
  let trace: Trace
  /// The scheme it was verified by.
  let source: String
  let data: [UInt8]

  /// Makes it durable.
  /// - Returns: false for a repeat. Of a delivery that was given up a repeat is another try.
  func store(in pool: PostgresPool, now: Instant) async throws -> Bool {
    if try await pool.write(insertion(now), timeout: .seconds(10)).affected == 1 { return true }
    return try await pool.write(revival(now), timeout: .seconds(10)).affected == 1
  }

  private func insertion(_ now: Instant) -> SQL {
    """
    with receipt as (
      insert into lakoo.receipt (function, delivery_id, id, received_at)
      values (\(function), \(deliveryID), \(id), \(now)) on conflict do nothing returning id),
    stored as (
      insert into lakoo.inbox (id, function, type, source, subject, key, time, trace, data, delivery_id, received_at)
      select id, \(function), \("webhook.\(source)"), \("/webhooks/\(source)"), \(deliveryID), \(deliveryID), \(now)::timestamptz,
        \(trace.description), \(Bytes(data))::bytea, \(deliveryID), \(now)::timestamptz
      from receipt returning id, function, key, seq)
    insert into lakoo.pending (function, key, seq, id, due_at) select function, key, seq, id, \(now)::timestamptz from stored
    """
  }

  private func revival(_ now: Instant) -> SQL {
    """
    with dead as (
      delete from lakoo.dead_letter
      where function = \(function) and id = (
        select id from lakoo.receipt where function = \(function) and delivery_id = \(deliveryID))
      returning *),
    kept as (
      insert into lakoo.inbox (id, function, seq, type, source, subject, key, time, trace, data, delivery_id, received_at)
      select id, function, seq, type, source, subject, key, time, trace, data, delivery_id, received_at from dead
      on conflict do nothing)
    insert into lakoo.pending (function, key, seq, id, due_at) select function, key, seq, id, \(now)::timestamptz from dead
    """
  }
}
