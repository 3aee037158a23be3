import FunctionKit

/// A message that a carrier has taken.
struct CarriedMessage: Decodable, Sendable {
  var id: ID
  var carrier: CarrierName
  var messageId: String
  var recipient: String
  var title: String
  var body: String
  var reference: String?
  var status: String
  var created: Instant

  static let columns: SQL = "id, carrier, message_id, recipient, title, body, reference, status, created"
}

extension Transaction {
  /// Keeps what was handed over, and reports that it has arrived.
  func carry(_ message: CarriedMessage, _ context: Context) async throws {
    try await db.run(
      """
      insert into carried_message (id, carrier, message_id, recipient, title, body, reference, status, created)
      values (\(message.id), \(message.carrier), \(message.messageId), \(String(message.recipient.prefix(255))),
        \(String(message.title.prefix(500))), \(message.body), \(message.reference.map { String($0.prefix(64)) }),
        \(message.status), \(message.created))
      """)
    if !message.carrier.reports.isEmpty { try await report("delivered", of: message, context) }
  }

  /// Tells the merchant what became of a message.
  func report(_ what: String, of message: CarriedMessage, _ context: Context) async throws {
    try await db.run("update carried_message set status = \(what) where id = \(message.id)")
    guard let (path, body) = message.report(what, context) else { return }
    try await tell(path, about: message.messageId, body, context)
  }
}

extension CarriedMessage {
  /// Where and how its carrier tells of it; nil when it tells nothing.
  func report(_ what: String, _ context: Context) -> (path: String, body: JSON)? {
    switch carrier {
    case .fcm: return nil
    case .sendgrid:
      var event: JSONObject = [
        "email": .string(recipient), "event": .string(what == "blocked" ? "bounce" : what),
        "timestamp": .number(JSONNumber(Int(context.now.seconds))),
        "sg_event_id": .string(context.newID().description), "sg_message_id": .string(messageId + ".recvd-1"),
      ]
      if what == "bounce" || what == "blocked" { event["type"] = .string(what) }
      if let reference { event["msg_id"] = .string(reference) }
      return ("/webhooks/sendgrid", .array([.object(event)]))
    case .twilio:
      var form: JSONObject = [
        "MessageSid": .string(messageId), "MessageStatus": .string(what), "To": .string(recipient),
      ]
      if what == "undelivered" { form["ErrorCode"] = "30003" }
      if what == "failed" { form["ErrorCode"] = "30005" }
      return ("/webhooks/twilio", .object(form))
    case .whatsapp:
      return (
        "/webhooks/whatsapp",
        ["id": .string(messageId), "status": .string(what), "number": .string(recipient)]
      )
    }
  }
}
