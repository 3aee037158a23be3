import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Users who like each other's posts, on a day whose hours the test names.
struct SocialScene: Sendable {
  let notification: BundleUnderTest
  let author = sampleUser(1)
  let post = sampleUser(1_000)

  /// Begins at 10:00:00 UTC of a Monday, 17:00 in Jakarta.
  static func run(
    at begin: String = "2027-01-11T10:00:00Z", _ body: @escaping @Sendable (SocialScene) async throws -> Void
  ) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let scene = SocialScene(notification: notification)
      try await scene.go(to: begin)
      try await notification.introduce(scene.author, locale: "en")
      try await scene.name(scene.author, "Author")
      try await body(scene)
    }
  }

  /// Lets time go on until a moment.
  func go(to moment: String) async throws {
    let time = try #require(Instant(moment))
    notification.clock.advance(by: .microseconds(time.microseconds - notification.clock.now.microseconds))
  }

  func name(_ user: ID, _ name: String) async throws {
    try await notification.write(
      """
      insert into recipient (user_id, display_name, created_at, updated_at) values (\(user), \(name), now(), now())
      on conflict (user_id) do update set display_name = excluded.display_name
      """)
  }

  @discardableResult
  func act(
    _ type: String = "post.liked", by actor: ID, on post: ID? = nil, event: ID? = nil, excerpt: String = "Bagus",
    called name: String? = nil
  ) async throws -> ID {
    let event = event ?? notification.newID()
    var data: JSONObject = [
      "postId": .string("\(post ?? self.post)"), "postAuthorId": .string("\(author)"), "userId": .string("\(actor)"),
      "userName": name.map(JSON.string) ?? (type == "post.commented" ? "x" : .null), "commentId": .string("\(event)"),
      "excerpt": .string(excerpt),
      "followerId": .string("\(actor)"), "followingId": .string("\(author)"),
    ]
    if type != "comment.liked", type != "post.commented" { data["commentId"] = nil }
    if type.hasPrefix("user.") { data["postId"] = nil }
    try await notification.handle(Self.functions[type] ?? "", type: type, id: event, data: .object(data))
    return event
  }

  private static let functions = [
    "post.liked": "CollectPostReaction", "post.saved": "CollectPostReaction", "post.shared": "CollectPostReaction",
    "post.commented": "CollectPostComment", "user.followed": "CollectFollow", "post.unliked": "RetractReaction",
    "post.unsaved": "RetractReaction", "user.unfollowed": "RetractReaction", "post.deleted": "DropPostNotices",
  ]

  func flush() async throws { try await notification.fire("FlushSocialBatches") }

  /// Lets time go on until a few seconds after a moment, since what a window waits for has happened a little after its
  /// beginning, and has the job run.
  func flush(until moment: String) async throws {
    try await go(to: moment)
    notification.clock.advance(by: .seconds(5))
    try await flush()
  }

  func titles(_ channel: String) async throws -> [String] {
    try await notification.query(
      "select title from notification where user_id = \(author) and channel = \(channel) order by feed_position",
      as: String.self)
  }

  /// When the pushes are due.
  func dues(_ channel: String = "push") async throws -> [Instant] {
    try await notification.query(
      "select next_attempt_at from notification where user_id = \(author) and channel = \(channel) order by id",
      as: Instant.self)
  }

  func beQuiet(from start: String = "22:00", to end: String = "08:00", in zone: String = "Asia/Jakarta") async throws {
    try await notification.write(
      """
      update notification_preference set quiet_enabled = true, quiet_start = \(start), quiet_end = \(end),
        timezone = \(zone) where user_id = \(author)
      """)
  }
}

/// Always the same user for a number.
func sampleUser(_ number: Int) -> ID { ID(at: Instant(seconds: 1_800_000_000), random: (UInt64(number), 7)) }
