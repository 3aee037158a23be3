import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Likes, unlikes and reads by chance within a day: what is told is who is there, each once, in one unread line.
@Suite struct SocialPropertyTests {
  @Test func `the counts of all flushes are the users who acted and did not take it back`() async throws {
    let seed = UInt64.random(in: 1...999_999)
    print("social windows, seed \(seed)")
    try await SocialScene.run { scene in
      var chance = Chance(state: seed)
      var (waiting, told, undone) = (Set<Int>(), Set<Int>(), Set<Int>())
      var unread = 0
      for _ in 0..<22 {
        for _ in 0..<chance.draw(4) {
          let number = chance.draw(30)
          if chance.draw(4) == 0 {
            try await scene.act("post.unliked", by: sampleUser(200 + number))
            if !told.contains(number) { undone.insert(number) }
            waiting.remove(number)
          } else {
            try await scene.act(by: sampleUser(200 + number))
            if !told.contains(number), !undone.contains(number) { waiting.insert(number) }
          }
        }
        guard chance.draw(3) == 0 else { continue }
        scene.notification.clock.advance(by: .seconds(61 * 60))
        try await scene.flush()
        told.formUnion(waiting)
        unread += waiting.count
        waiting = []
        try await Self.expectUnread(scene, unread, seed)
        guard chance.draw(3) == 0 else { continue }
        _ = try await scene.notification.call("MarkAllRead", caller: .user(scene.author))
        unread = 0
      }
      let sum = try await scene.notification.query(
        "select actor_count from notification where channel = 'in_app'", as: Int.self)
      #expect(sum.reduce(0, +) == told.count, "seed \(seed)")
    }
  }

  /// At most one line that nobody has read, with all of its windows' counts.
  private static func expectUnread(_ scene: SocialScene, _ count: Int, _ seed: UInt64) async throws {
    let lines = try await scene.notification.query(
      "select actor_count from notification where channel = 'in_app' and read_at is null", as: Int.self)
    #expect(lines == (count == 0 ? [] : [count]), "seed \(seed)")
  }

  private struct Chance {
    var state: UInt64

    mutating func draw(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }
}
