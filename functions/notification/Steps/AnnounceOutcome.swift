import FunctionKit

extension Work {
  func announceSent(_ letter: Letter) async throws {
    try await emit(
      NotificationSent(
        notificationId: letter.id, userId: letter.userId, type: letter.type, channel: letter.channel,
        provider: Carrier.name(of: letter.channel) ?? "none", relatedType: letter.relatedType,
        relatedId: letter.relatedId, sentAt: now))
  }

  /// Says that a message has failed, and has another channel try where that is worth it.
  func announceFailed(_ letter: Letter, _ code: String) async throws {
    try await emit(
      NotificationFailed(
        notificationId: letter.id, userId: letter.userId, type: letter.type, channel: letter.channel,
        provider: Carrier.name(of: letter.channel) ?? "none", relatedType: letter.relatedType,
        relatedId: letter.relatedId, errorCode: code, attempts: letter.attempt,
        failedAt: now))
    try await fallBack(from: letter)
  }
}
