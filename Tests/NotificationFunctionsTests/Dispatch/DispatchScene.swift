import FunctionKit
import FunctionTesting
import NotificationFunctions
import Runtime
import Synchronization
import Testing

/// Plays all carriers and keeps what they were handed.
final class Carriers: Sendable {
  private let state = Mutex<(calls: [UpstreamRequest], answer: Answer?)>(([], nil))
  typealias Answer = @Sendable (UpstreamRequest) async throws -> UpstreamResponse

  var calls: [UpstreamRequest] { state.withLock { $0.calls } }
  var names: [String] { calls.map(\.upstream) }
  /// Instead of taking every message.
  var answer: Answer? {
    get { state.withLock { $0.answer } }
    set { state.withLock { $0.answer = newValue } }
  }
  /// Our ids of the mails, in order.
  var mailIDs: [String] {
    calls.compactMap { call in
      let person = (try? JSON.parse(call.body))?["personalizations"]?.array?.first
      return person?["custom_args"]?["msg_id"]?.string
    }
  }

  func take(_ request: UpstreamRequest) async throws -> UpstreamResponse {
    let (count, answer) = state.withLock { state in
      state.calls.append(request)
      return (state.calls.filter { $0.upstream == request.upstream }.count, state.answer)
    }
    if let answer { return try await answer(request) }
    return switch request.upstream {
    case "sendgrid": UpstreamResponse(status: 202, headers: [("x-message-id", "mail-\(count)")], body: [])
    case "google-oauth": Carriers.letIn("let-in-\(count)")
    case "fcm":
      UpstreamResponse(status: 200, headers: [], body: Array(#"{"name":"projects/lakoo/messages/\#(count)"}"#.utf8))
    case "twilio": UpstreamResponse(status: 201, headers: [], body: Array(#"{"sid":"SM\#(count)"}"#.utf8))
    default: UpstreamResponse(status: 201, headers: [], body: Array(#"{"key":{"id":"wa-\#(count)"}}"#.utf8))
    }
  }
}

extension Carriers {
  static func letIn(_ token: String) -> UpstreamResponse {
    UpstreamResponse(status: 200, headers: [], body: Array(#"{"access_token":"\#(token)","expires_in":3600}"#.utf8))
  }

  /// What FCM says of a token that leads nowhere.
  static let unregistered = UpstreamResponse(
    status: 404, headers: [], body: Array(#"{"error":{"details":[{"errorCode":"UNREGISTERED"}]}}"#.utf8))
}

/// The end of a process between a call and its record.
struct CutOff: Error {}

extension UpstreamRequest {
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

func withDispatch(
  settings: [String: String] = [:], _ body: @escaping @Sendable (BundleUnderTest, Carriers) async throws -> Void
) async throws {
  let secrets = ["FCM_PRIVATE_KEY": signingKey]
  try await withBundle("notification", Notification.self, secrets: secrets, settings: settings) { notification in
    let carriers = Carriers()
    for name in ["sendgrid", "twilio", "whatsapp", "fcm", "google-oauth"] {
      notification.on(name) { try await carriers.take($0) }
    }
    try await body(notification, carriers)
  }
}

/// P-256 in PKCS#8, good for nothing but tests.
let signingKey = """
  MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpeIcvfJ9MMpP9NMHqft7Z88Zmg4IPOKuCU57RCzjyPOhRANCAATgWs2QhOCQ\
  97FmMj4Otczd2iSypt2TaOj1PNG74snlnmFS3QMk7oluZXe98WmTu4i3/8sfeJq7wwxKw1EO5Nyq
  """

extension BundleUnderTest {
  /// Stores an e-mail to a user of its own that is due now.
  func mail(_ priority: String = "normal") async throws {
    let user = newID()
    try await introduce(user)
    try await write(
      """
      insert into notification (id, feed_position, user_id, type, category, channel, title, body, priority,
        next_attempt_at, due_at, dedupe_key, created_at, updated_at)
      values (\(user), \(user), \(user), 'system', 'system', 'email', 'Title', 'Body', \(priority), \(clock.now),
        \(clock.now), \(user.description), \(clock.now), \(clock.now))
      """)
    clock.advance(by: .milliseconds(2))
  }

  /// Stores a push to a user of its own, who has one device, that is due now.
  func push(_ priority: String = "normal", to user: ID? = nil) async throws -> ID {
    try await mail(priority)
    let id: ID = try await one("select id from notification order by id desc limit 1")
    try await write(
      """
      update notification set channel = 'push', category = 'payment', type = 'payment_success', occasion = 'test',
        user_id = coalesce(\(user)::uuid, user_id)
      where id = \(id)
      """)
    return id
  }

  /// State, attempts and failure of the only message.
  func mailState() async throws -> String {
    try await one("select status || ' ' || attempts || ' ' || coalesce(failure_code, '-') from notification")
  }
}
