import FunctionKit

extension Work {
  /// Ends pushes to a device that a carrier does not know any longer; until it registers again.
  func disable(_ device: ID, _ reason: String) async throws {
    try await db.run(
      """
      update device set disabled_at = \(now), disable_reason = \(reason), updated_at = \(now)
      where id = \(device) and disabled_at is null
      """)
  }
}
