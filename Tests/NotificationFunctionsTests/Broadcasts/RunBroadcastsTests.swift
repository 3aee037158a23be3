import FunctionKit
import FunctionTesting
import Runtime
import Synchronization
import Testing

@testable import NotificationFunctions

/// What becomes of a broadcast once its hour has come.
@Suite struct RunBroadcastsTests {
  @Test func `everybody hears of it in their language, once, however often the job runs`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(3)
      try await scene.prefer("locale = 'en'", 2)
      let id = try await scene.plan("news", ["in_app", "email"], at: "2027-01-11T04:00:00Z")
      try await scene.run()
      #expect(try await scene.progress(id) == "scheduled 3 0 0 0 0")
      try await scene.go(to: "2027-01-11T04:00:00Z")
      for _ in 0..<3 { try await scene.run() }
      #expect(try await scene.progress(id) == "completed 3 3 0 3 0")
      #expect(try await scene.told() == [1, 1, 2, 2, 3, 3])
      #expect(try await scene.notification.messages(to: sampleUser(1)).map(\.title) == ["Kabar id", "Kabar id"])
      let other = try await scene.notification.messages(to: sampleUser(2))
      #expect(other.map(\.title) == ["Kabar en", "Kabar en"] && other.map(\.body) == ["Hai Orang", "Hai Orang"])
      try await scene.notification.fire("DispatchDue")
      #expect(try await scene.progress(id) == "completed 3 3 0 6 0")
      #expect(scene.carriers.names == ["sendgrid", "sendgrid", "sendgrid"])
    }
  }

  @Test func `two runs at once tell everybody once`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(700)
      let id = try await scene.plan()
      async let one: Void = scene.run()
      async let other: Void = scene.run()
      _ = try await (one, other)
      #expect(try await scene.progress(id) == "completed 700 700 0 700 0")
      #expect(try await scene.told() == Array(1...700))
    }
  }

  @Test func `fifty a second, of all broadcasts together, and each gets its turn`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(3_100)
      let long = try await scene.plan()
      let short = try await scene.plan(to: ["userIds": [.string("\(sampleUser(7))")]], key: "k2")
      try await scene.run()
      #expect(try await scene.progress(short) == "completed 1 1 0 1 0")
      #expect(try await scene.progress(long) == "running 3100 2999 0 2999 0")
      try await scene.run()
      #expect(try await scene.progress(long) == "completed 3100 3100 0 3100 0")
      #expect(try await scene.told() == ([7] + Array(1...3_100)).sorted())
    }
  }

  @Test func `who wants none, can't be reached or is gone is skipped, and counts`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(6)
      try await scene.prefer("promotions = false", 1)
      try await scene.prefer("unsubscribed_all_marketing_at = now()", 2)
      try await scene.prefer("email_enabled = false", 3)
      try await scene.notification.write("update recipient set email = null where user_id = \(sampleUser(4))")
      try await scene.notification.handle(
        "EraseRecipient", type: "user.deleted", data: ["userId": .string("\(sampleUser(5))")])
      let names = (1...7).map { JSON.string("\(sampleUser($0))") }
      let id = try await scene.plan("sale", ["email"], to: ["userIds": .array(names + [names[0]])])
      try await scene.run()
      // The seventh is not known at all.
      #expect(try await scene.progress(id) == "completed 7 7 6 0 0")
      #expect(try await scene.told() == [6])
      #expect(
        try await scene.notification.one(
          "select count(*) from notification_preference where user_id = \(sampleUser(5))", as: Int.self) == 0)
    }
  }

  @Test func `a run that is cut off in the middle goes on where it was`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(900)
      let id = try await scene.plan()
      let victim = try await scene.notification.query(
        "select user_id from recipient order by user_id offset 450 limit 1", as: ID.self)
      let number = try #require((1...900).first { sampleUser($0) == victim.first })
      try await scene.refuse(number, with: "57P01")
      await #expect(throws: (any Error).self) { try await scene.run() }
      // Of the chunk that was cut nothing stays, neither messages nor its end.
      #expect(try await scene.progress(id) == "running 900 300 0 300 0")
      try await scene.refuseNobody()
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 900 900 0 900 0")
      #expect(try await scene.told() == Array(1...900))
    }
  }

  @Test func `one whose message can't be written is skipped, and stops none of the others`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(50)
      let id = try await scene.plan()
      try await scene.refuse(17, with: "P0001")
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 50 50 1 49 0")
      #expect(try await scene.told() == Array(1...50).filter { $0 != 17 })
    }
  }

  @Test(arguments: [[3], Array(2...13)])
  func `what fails for all passes nobody over, and goes on once it is mended`(unwilling: [Int]) async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(20)
      for person in unwilling { try await scene.prefer("in_app_enabled = false", person) }
      let id = try await scene.plan()
      try await scene.refuseAll(with: "P0001")
      for _ in 1...2 { try await scene.run() }
      #expect(try await scene.progress(id) == "running 20 0 0 0 0")
      try await scene.refuseNobody()
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 20 20 \(unwilling.count) \(20 - unwilling.count) 0")
      #expect(try await scene.told() == Array(1...20).filter { !unwilling.contains($0) })
    }
  }

  @Test func `some last ones who can't be told keep no broadcast from its end`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(20)
      for person in [14, 16, 17] { try await scene.prefer("in_app_enabled = false", person) }
      let id = try await scene.plan()
      try await scene.refuse([13, 15, 19, 20], with: "P0001")
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 20 20 7 13 0")
    }
  }

  @Test func `one who can't be told is not waited for longer than a day, though nobody else shows it`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      let id = try await scene.plan()
      try await scene.refuse(1, with: "P0001")
      try await scene.run()
      #expect(try await scene.progress(id) == "running 1 0 0 0 0")
      scene.notification.clock.advance(by: .days(1))
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 1 1 1 0 0")
    }
  }

  @Test func `one that is called off while it runs tells nobody more, and takes back what waits`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1_800)
      let id = try await scene.plan("news", ["email"])
      async let running: Void = scene.run()
      for _ in 0..<6_000 {
        if try await scene.notification.one("select processed >= 300 from broadcast") { break }
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(try await scene.cancel(id).status == 200)
      try await running
      let after = try await scene.progress(id)
      #expect(after.hasPrefix("cancelled 1800 ") && !after.hasPrefix("cancelled 1800 1800"), "\(after)")
      let states = try await scene.notification.query(
        "select distinct status from notification where cancel_key = \("broadcast:" + id)", as: String.self)
      #expect(states == ["cancelled"])
      try await scene.run()
      try await scene.notification.fire("DispatchDue")
      #expect(try await scene.progress(id) == after)
      #expect(scene.carriers.calls.isEmpty)
    }
  }

  @Test func `it goes out in the words that were agreed to, and not at all in words that were taken back`() async throws
  {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      let first = try await scene.plan("sale", key: "k1")
      try await scene.write("sale", "marketing", "Obral lain")
      try await scene.run()
      #expect(try await scene.notification.messages(to: sampleUser(1)).map(\.title) == ["Obral id"])
      #expect(try await scene.progress(first).hasPrefix("completed"))
      let second = try await scene.plan("sale", key: "k2")
      try await scene.retire("sale")
      try await scene.run()
      #expect(try await scene.progress(second) == "failed 1 0 0 0 0")
      #expect(try await scene.history(second).last == "scheduled failed run_broadcasts system")
      #expect(try await scene.notification.messages(to: sampleUser(1)).count == 1)
    }
  }

  @Test func `a template that is taken back while it is sent ends it`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(3_100)
      let id = try await scene.plan()
      try await scene.run()
      try await scene.retire("news")
      try await scene.run()
      #expect(try await scene.progress(id) == "failed 3100 3000 0 3000 0")
      #expect(try await scene.history(id).last == "running failed run_broadcasts system")
    }
  }

  @Test(arguments: [
    ("everyone", [1, 2, 3, 4, 5]), ("promotions", [1, 3, 4, 5]), ("newsletter", [3]), ("app_users", [4]),
    ("new_users", [1, 2, 3, 4]),
  ])
  func `a segment is of those that it says`(segment: String, people: [Int]) async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(6)
      try await scene.prefer("promotions = false", 2)
      try await scene.prefer("newsletter = true", 3)
      try await scene.notification.register("token-of-a-phone", for: sampleUser(4))
      try await scene.notification.write(
        "update recipient set created_at = \(scene.notification.clock.now - .days(31)) where user_id = \(sampleUser(5))"
      )
      try await scene.notification.handle(
        "EraseRecipient", type: "user.deleted", data: ["userId": .string("\(sampleUser(6))")])
      let id = try await scene.plan(to: ["segment": .string(segment)])
      try await scene.run()
      #expect(try await scene.told() == people)
      #expect(try await scene.progress(id) == "completed \(people.count) \(people.count) 0 \(people.count) 0")
    }
  }

  @Test func `who is not known is asked for, until nobody answers`() async throws {
    try await BroadcastScene.run { scene in
      let asked = Mutex(0)
      scene.notification.on(service: "auth") { call -> [String: String] in
        let count = asked.withLock { count in
          count += 1
          return count
        }
        if count > 1 { throw Problem(500, "broken", "Nobody is there.") }
        let user = call.path.split(separator: "/").last.map(String.init) ?? ""
        return ["id": user, "email": "baru@example.com"]
      }
      let names = (1...3).map { JSON.string("\(sampleUser($0))") }
      let id = try await scene.plan("news", ["in_app", "email"], to: ["userIds": .array(names)])
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 3 3 0 3 0")
      #expect(try await scene.told().count == 4)
      let letters = try await scene.notification.query(
        "select user_id from notification where channel = 'email'", as: ID.self)
      #expect(letters.count == 1)
    }
  }

  @Test func `counters follow what becomes of messages, and stay when those are gone`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(3)
      let id = try await scene.plan("news", ["email"])
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 3 3 0 0 0")
      scene.carriers.answer = { request in
        let isFirst = String(decoding: request.body, as: UTF8.self).contains("\(sampleUser(1))")
        return UpstreamResponse(
          status: isFirst ? 400 : 202,
          headers: isFirst ? [] : [("x-message-id", "m-\(request.body.count)-\(request.body.hashValue)")], body: [])
      }
      try await scene.notification.fire("DispatchDue")
      #expect(try await scene.progress(id) == "completed 3 3 0 2 1")
      let mail: String = try await scene.notification.one(
        "select provider_message_id from delivery where status = 'sent' order by id limit 1")
      try await scene.notification.report("bounce", of: mail)
      #expect(try await scene.progress(id) == "completed 3 3 0 1 2")
      scene.notification.clock.advance(by: .days(4))
      try await scene.run()
      scene.notification.clock.advance(by: .days(200))
      try await scene.notification.fire("Prune")
      #expect(try await scene.told().isEmpty)
      #expect(try await scene.progress(id) == "completed 3 3 0 1 2")
    }
  }
}
