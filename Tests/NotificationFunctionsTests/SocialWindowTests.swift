import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// The worked examples of what is gathered.
@Suite struct SocialWindowTests {
  private let a = sampleUser(101)
  private let b = sampleUser(102)

  private func run(_ body: @escaping @Sendable (SocialScene) async throws -> Void) async throws {
    let (a, b) = (a, b)
    try await SocialScene.run { scene in
      try await scene.name(a, "A")
      try await scene.name(b, "B")
      try await body(scene)
    }
  }

  @Test func `one like is told of after a quarter of an hour, and not before`() async throws {
    let a = a
    try await run { scene in
      try await scene.act(by: a)
      try await scene.flush(until: "2027-01-11T10:14:30Z")
      #expect(try await scene.titles("in_app").isEmpty)
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      #expect(try await scene.titles("in_app") == ["A liked your post"])
      #expect(try await scene.titles("push") == ["A liked your post"])
    }
  }

  @Test func `fifteen likes are one line and one push, and the next window is an hour`() async throws {
    try await run { scene in
      for number in 0..<15 {
        try await scene.act(by: sampleUser(200 + number))
        scene.notification.clock.advance(by: .seconds(56))
      }
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      #expect(try await scene.titles("in_app") == ["15 people liked your post"])
      #expect(try await scene.titles("push") == ["15 people liked your post"])
      try await scene.go(to: "2027-01-11T11:00:00Z")
      for number in 0..<4 { try await scene.act(by: sampleUser(300 + number)) }
      try await scene.flush(until: "2027-01-11T11:59:30Z")
      #expect(try await scene.titles("in_app") == ["15 people liked your post"])
      try await scene.flush(until: "2027-01-11T12:00:00Z")
      #expect(try await scene.titles("in_app") == ["19 people liked your post"])
      #expect(try await scene.titles("push").count == 2)
      try await scene.go(to: "2027-01-11T13:00:00Z")
      try await scene.act(by: sampleUser(400))
      try await scene.flush(until: "2027-01-11T13:15:00Z")
      #expect(try await scene.titles("in_app") == ["20 people liked your post"], "the long window was for once")
    }
  }

  @Test func `what was read is not added to`() async throws {
    try await run { scene in
      for number in 0..<15 { try await scene.act(by: sampleUser(200 + number)) }
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      try await scene.go(to: "2027-01-11T10:30:00Z")
      _ = try await scene.notification.call("MarkAllRead", caller: .user(scene.author))
      try await scene.go(to: "2027-01-11T11:00:00Z")
      for number in 0..<4 { try await scene.act(by: sampleUser(300 + number)) }
      try await scene.flush(until: "2027-01-11T12:00:00Z")
      #expect(try await scene.titles("in_app") == ["15 people liked your post", "4 people liked your post"])
    }
  }

  @Test func `who takes it back within the window was never there`() async throws {
    let (a, b) = (a, b)
    try await run { scene in
      try await scene.act(by: a)
      try await scene.go(to: "2027-01-11T10:05:00Z")
      try await scene.act(by: b)
      try await scene.go(to: "2027-01-11T10:10:00Z")
      try await scene.act("post.unliked", by: a)
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      #expect(try await scene.titles("in_app") == ["B liked your post"])
    }
  }

  @Test func `who is named already stays named when others join an unread line`() async throws {
    let (a, b) = (a, b)
    try await run { scene in
      try await scene.act(by: a)
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      try await scene.go(to: "2027-01-11T10:30:00Z")
      try await scene.act(by: b)
      try await scene.flush(until: "2027-01-11T10:45:00Z")
      #expect(try await scene.titles("in_app") == ["A and B liked your post"])
      let actors = try await scene.notification.query(
        "select unnest(actor_ids) from notification where channel = 'in_app'", as: ID.self)
      #expect(actors == [b, a])
    }
  }

  @Test func `when the latest take it back, those before them are named`() async throws {
    let (a, b) = (a, b)
    try await run { scene in
      try await scene.act(by: a)
      try await scene.act(by: b)
      for number in 0..<3 { try await scene.act(by: sampleUser(200 + number)) }
      for number in 0..<3 { try await scene.act("post.unliked", by: sampleUser(200 + number)) }
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      #expect(try await scene.titles("in_app") == ["A and B liked your post"])
    }
  }

  @Test func `liked, unliked and liked again is nothing for a day`() async throws {
    let a = a
    try await run { scene in
      try await scene.act(by: a)
      try await scene.go(to: "2027-01-11T10:02:00Z")
      try await scene.act("post.unliked", by: a)
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      try await scene.go(to: "2027-01-11T10:30:00Z")
      try await scene.act(by: a)
      try await scene.flush(until: "2027-01-11T11:30:00Z")
      #expect(try await scene.titles("in_app").isEmpty)
      #expect(try await scene.notification.query("select status from social_batch", as: String.self) == ["empty"])
      try await scene.go(to: "2027-01-12T10:31:00Z")
      try await scene.act(by: a)
      try await scene.flush(until: "2027-01-12T10:46:00Z")
      #expect(try await scene.titles("in_app") == ["A liked your post"])
    }
  }

  @Test func `two who comment are named, and the latest comment is shown`() async throws {
    let (a, b) = (a, b)
    try await run { scene in
      try await scene.go(to: "2027-01-11T10:00:10Z")
      try await scene.act("post.commented", by: a, excerpt: "first")
      try await scene.go(to: "2027-01-11T10:01:00Z")
      try await scene.act("post.commented", by: a, excerpt: "second")
      try await scene.go(to: "2027-01-11T10:01:30Z")
      try await scene.act("post.commented", by: b, excerpt: "third")
      try await scene.flush(until: "2027-01-11T10:02:10Z")
      #expect(try await scene.titles("in_app") == ["A and B commented on your post"])
      let bodies = try await scene.notification.query(
        "select body from notification where channel = 'in_app'", as: String.self)
      #expect(bodies == ["third"])
    }
  }

  @Test func `what happens after a window's time belongs to the next one, also when the job is late`() async throws {
    let (a, b) = (a, b)
    try await run { scene in
      try await scene.act(by: a)
      try await scene.go(to: "2027-01-11T10:20:00Z")
      try await scene.act(by: b)
      #expect(try await scene.titles("in_app") == ["A liked your post"])
      try await scene.act("post.unliked", by: a)
      try await scene.flush(until: "2027-01-11T10:35:00Z")
      #expect(try await scene.titles("in_app") == ["A and B liked your post"])
      #expect(try await scene.titles("push") == ["A liked your post", "A and B liked your post"])
    }
  }

  @Test func `a post that is muted while its window is open is not spoken of`() async throws {
    let a = a
    try await run { scene in
      try await scene.act(by: a)
      _ = try await scene.notification.call(
        "MuteTarget", path: [("type", "post"), ("targetId", "\(scene.post)")], caller: .user(scene.author))
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      #expect(try await scene.titles("in_app").isEmpty)
    }
  }

  @Test func `who is known from the event alone is called as the event does`() async throws {
    try await run { scene in
      try await scene.act(by: sampleUser(500), called: "Dewi")
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      #expect(try await scene.titles("in_app") == ["Dewi liked your post"])
    }
  }

  @Test func `nobody hears of their own doings`() async throws {
    try await run { scene in
      try await scene.act(by: scene.author)
      try await scene.act("post.commented", by: scene.author)
      try await scene.flush(until: "2027-01-11T11:00:00Z")
      #expect(try await scene.notification.query("select id from notification", as: ID.self).isEmpty)
    }
  }

  @Test func `an event that comes three times counts once`() async throws {
    let a = a
    try await run { scene in
      let event = try await scene.act(by: a)
      try await scene.act(by: a, event: event)
      try await scene.act(by: a, event: event)
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      try await scene.flush()
      #expect(try await scene.titles("in_app") == ["A liked your post"])
      #expect(try await scene.titles("push").count == 1)
    }
  }

  @Test func `two flushes at once tell once`() async throws {
    let a = a
    try await run { scene in
      for place in 0..<8 { try await scene.act(by: a, on: sampleUser(2_000 + place)) }
      try await scene.go(to: "2027-01-11T10:15:30Z")
      async let first: Void = scene.flush()
      async let second: Void = scene.flush()
      _ = try await (first, second)
      #expect(try await scene.titles("in_app").count == 8)
      #expect(try await scene.titles("push").count == 8)
    }
  }

  @Test func `of 25 pushes on a day 20 go out, and all lines are in the app`() async throws {
    let a = a
    try await run { scene in
      for place in 0..<25 { try await scene.act(by: a, on: sampleUser(2_000 + place)) }
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      #expect(try await scene.titles("push").count == 20)
      #expect(try await scene.titles("in_app").count == 25)
      try await scene.go(to: "2027-01-11T17:00:00Z")  // the next day in Jakarta
      try await scene.act("post.saved", by: a)
      try await scene.flush(until: "2027-01-11T17:15:00Z")
      #expect(try await scene.titles("push").count == 21)
    }
  }

  @Test func `a muted post is silent, and so is what the user does not want`() async throws {
    let a = a
    try await run { scene in
      let muted = try await scene.notification.call(
        "MuteTarget", path: [("type", "post"), ("targetId", "\(scene.post)")], caller: .user(scene.author))
      #expect(muted.status == 204)
      try await scene.act(by: a)
      try await scene.notification.write(
        "update notification_preference set social_saves = false where user_id = \(scene.author)")
      try await scene.act("post.saved", by: a, on: sampleUser(2_000))
      try await scene.flush(until: "2027-01-11T11:00:00Z")
      #expect(try await scene.titles("in_app").isEmpty)
      _ = try await scene.notification.call(
        "UnmuteTarget", path: [("type", "post"), ("targetId", "\(scene.post)")], caller: .user(scene.author))
      try await scene.act(by: sampleUser(103))
      try await scene.flush(until: "2027-01-11T12:00:00Z")
      #expect(try await scene.titles("in_app") == ["Someone liked your post"])
    }
  }

  @Test func `a post that is gone is not spoken of`() async throws {
    let a = a
    try await run { scene in
      try await scene.act(by: a)
      try await scene.flush(until: "2027-01-11T10:15:00Z")
      try await scene.act("post.saved", by: a)
      try await scene.act("post.deleted", by: a)
      try await scene.flush(until: "2027-01-11T11:00:00Z")
      #expect(try await scene.notification.feed(scene.author).isEmpty)
    }
  }

  @Test func `what was undone before it came is ignored when it comes`() async throws {
    let a = a
    try await run { scene in
      try await scene.act("post.unliked", by: a)
      try await scene.act(by: a)
      try await scene.flush(until: "2027-01-11T11:00:00Z")
      #expect(try await scene.titles("in_app").isEmpty)
    }
  }
}
