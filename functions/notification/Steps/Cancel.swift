import FunctionKit

extension Work {
  /// Calls off what waits under a key, and what is still to come under it.
  /// - Returns: how many messages were waiting.
  @discardableResult
  func cancel(_ key: String) async throws -> Int {
    try await hold("cancel:\(key)")
    try await db.run(
      "insert into cancelled_key (cancel_key, created_at) values (\(key), \(now)) on conflict do nothing")
    return try await db.run(
      """
      update notification set status = 'cancelled', next_attempt_at = null, updated_at = \(now)
      where cancel_key = \(key) and status = 'pending'
      """)
  }

  func isCancelled(_ key: String) async throws -> Bool {
    try await hold("cancel:\(key)")
    return try await db.one("select exists (select from cancelled_key where cancel_key = \(key))")
  }
}
