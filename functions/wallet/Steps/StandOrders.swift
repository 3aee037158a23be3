import FunctionKit

extension Work {
  /// Keeps that an order is complete.
  /// - Returns: which of its user's it is, or nil when it was given back altogether.
  func complete(order: ID, of user: ID, at time: Instant) async throws -> Int? {
    let isRefunded: Bool = try await db.one(
      """
      insert into order_standing (order_id, user_id, completed_at, created_at, updated_at)
      values (\(order), \(user), \(time), \(now), \(now))
      on conflict (order_id) do update
        set completed_at = coalesce(order_standing.completed_at, excluded.completed_at), updated_at = \(now)
      returning is_refunded
      """)
    guard !isRefunded else { return nil }
    return try await db.one(
      """
      select count(*) from order_standing
      where user_id = \(user) and not is_refunded and (completed_at, order_id) <= (\(time)::timestamptz, \(order)::uuid)
      """)
  }

  /// Keeps that all of an order was given back, whether it is complete yet or not.
  func refundAll(ofOrder order: ID, of user: ID) async throws {
    try await db.run(
      """
      insert into order_standing (order_id, user_id, is_refunded, created_at, updated_at)
      values (\(order), \(user), true, \(now), \(now))
      on conflict (order_id) do update set is_refunded = true, updated_at = \(now)
      """)
  }
}
