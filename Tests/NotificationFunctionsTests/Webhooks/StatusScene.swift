import FunctionKit
import FunctionTesting
import NotificationFunctions
import Runtime
import Testing

extension BundleUnderTest {
  /// Sends a message on a channel, and gives it the carrier's id `m-1`, or `m-2` and so on.
  @discardableResult
  func sendOne(_ channel: String = "email", as messageID: String = "m-1", priority: String = "normal") async throws
    -> ID
  {
    try await mail(priority)
    let id: ID = try await one("select id from notification order by id desc limit 1")
    try await write("update notification set channel = \(channel) where id = \(id)")
    try await fire("DispatchDue")
    try await write("update delivery set provider_message_id = \(messageID) where notification_id = \(id)")
    return id
  }

  /// What SendGrid tells of a mail.
  func report(
    _ event: String, of messageID: String = "m-1", id: String? = nil, type: String? = nil,
    to address: String = "a@b.id",
    reference: ID? = nil
  ) async throws {
    var item: JSONObject = [
      "sg_event_id": .string(id ?? "\(newID())"), "sg_message_id": .string(messageID + ".filter-1"),
      "event": .string(event), "email": .string(address),
    ]
    item["type"] = type.map(JSON.string)
    item["msg_id"] = reference.map { .string($0.description) }
    try await receive("SendGridEvents", body: [.object(item)])
  }

  /// States of message and attempt.
  func progress() async throws -> String {
    try await one(
      """
      select notification.status || ' ' || delivery.status from notification join delivery
        on notification_id = notification.id
      order by notification.id desc, attempt desc limit 1
      """)
  }

  func suppressions() async throws -> [String] {
    try await query(
      """
      select channel || ' ' || reason || ' ' || coalesce(extract(day from until - updated_at)::int::text, 'ever')
      from suppression order by created_at, channel
      """)
  }
}
