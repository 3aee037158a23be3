import FunctionKit

/// Something that the merchant is to hear.
struct WebhookRecord: Decodable, Sendable {
  var id: ID
  var path: String
  var objectId: String
  var body: JSON
  var copies: Int
  var attempts: Int
  var deliveredAt: Instant?

  static let columns: SQL = "id, path, object_id, body, copies, attempts, delivered_at"
}

extension Transaction {
  /// Puts a webhook on its way: at once, unless a fault has it otherwise.
  func tell(_ path: String, about object: String, _ body: JSON, _ context: Context) async throws {
    let (fault, faults) = try await draw(\.webhookRates)
    let id = context.newID()
    let now = context.now
    let dueAt: Instant? =
      switch fault {
      case .late: now + .seconds(faults.lateSeconds)
      case .disordered: now + .minutes(10)
      case .duplicate, .lost, nil: nil
      }
    let copies = fault == .duplicate ? 2 : fault == .lost ? 0 : 1
    try await db.run(
      """
      insert into webhook (id, path, object_id, body, copies, due_at, is_held, created)
      values (\(id), \(path), \(object), \(body), \(copies), \(dueAt), \(fault == .disordered), \(now))
      """)
    if dueAt == nil && copies > 0 { try await emit(WebhookDue(webhookId: id, objectId: object, at: now)) }
  }
}

extension Transaction {
  /// Keeps what came of an attempt, and lets those go that waited for it to overtake them.
  /// - Parameter dueAt: when it is tried again; nil for never.
  func note(_ webhook: WebhookRecord, status: Int, dueAt: Instant?, at now: Instant) async throws {
    let isDelivered = (200..<300).contains(status)
    try await db.run(
      """
      update webhook set attempts = attempts + 1, last_status = \(status), due_at = \(dueAt),
        delivered_at = \(isDelivered ? now : nil)
      where id = \(webhook.id)
      """)
    guard isDelivered else { return }
    let overtaken: [ID] = try await db.all(
      """
      update webhook set is_held = false, due_at = null
      where object_id = \(webhook.objectId) and is_held and id <> \(webhook.id) returning id
      """)
    for id in overtaken { try await emit(WebhookDue(webhookId: id, objectId: webhook.objectId, at: now)) }
  }
}
