import FunctionKit

extension Work {
  /// Counts messages that were not made, because their user does not want them, can't be reached or has had enough.
  func countSkipped(_ type: String, on channels: [Channel]) async throws {
    guard !channels.isEmpty else { return }
    try await db.run(
      """
      insert into daily_count_part (day, channel, type, skipped)
      select jakarta_day(\(now)), channel, \(type), 1 from unnest(\(channels.map(\.rawValue))::text[]) as channel
      """)
  }
}
