import FunctionKit
import FunctionTesting
import Testing

/// What a test looks at of a stored message.
struct StoredMessage: Decodable, Equatable {
  var channel: String
  var status: String
  var title: String
  var body: String
}

extension BundleUnderTest {
  /// Tells a user of a payment. Returns the event's id.
  @discardableResult
  func pay(
    _ user: ID, event: ID? = nil, type: String = "payment.paid", more: [(String, JSON)] = []
  ) async throws -> ID {
    let event = event ?? newID()
    var data: JSONObject = [
      "paymentId": .string("\(newID())"), "orderId": .string("\(newID())"), "orderNumber": "ORD-1",
      "userId": .string("\(user)"), "amount": 279_250,
    ]
    for (name, value) in more { data[name] = value }
    let function = type == "payment.paid" ? "NotifyPaymentPaid" : "NotifyPaymentTrouble"
    try await handle(function, type: type, id: event, data: .object(data))
    clock.advance(by: .milliseconds(2))
    return event
  }

  func messages(to user: ID) async throws -> [StoredMessage] {
    try await query("select channel, status, title, body from notification where user_id = \(user) order by id")
  }

  /// Makes a user reachable on every channel.
  func introduce(_ user: ID, locale: String = "id") async throws {
    try await write(
      """
      insert into recipient (user_id, email, phone, phone_verified, created_at, updated_at)
      values (\(user), \("\(user)@example.com"), '+6281234567890', true, now(), now())
      """)
    try await write(
      """
      insert into device (id, user_id, platform, token, token_hash, last_seen_at, created_at, updated_at)
      values (\(newID()), \(user), 'android', 'token-0123456789', encode(sha256(\("\(user)")::bytea), 'hex'), now(),
        now(), now())
      """)
    try await write(
      """
      insert into notification_preference (user_id, whatsapp_enabled, locale, created_at, updated_at)
      values (\(user), true, \(locale), now(), now())
      """)
  }

  /// The ids of a user's feed, newest first.
  func feed(_ user: ID, _ query: [(name: String, value: String)] = []) async throws -> [String] {
    let reply = try await call("ListNotifications", query: query, caller: .user(user))
    return reply.data.array?.compactMap { $0["id"]?.string } ?? []
  }

  /// Calls a function on one message.
  func call(_ function: String, _ message: String, by user: ID) async throws -> TestReply {
    try await call(function, path: [("id", message)], caller: .user(user))
  }
}
