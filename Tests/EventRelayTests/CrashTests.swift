import EventLoop
import FunctionKit
import RelayTesting
import Testing

/// Things whose handlers may trap. A process that this throws in would end without its server.
private func withCrashes(isStarted: Bool = true, _ body: @escaping @Sendable (Platform) async throws -> Void) async {
  do {
    try await withThings(isStarted: isStarted) { platform in
      platform.containCrashes()
      try await body(platform)
    }
  } catch { Issue.record(error) }
}

extension `Event relay` {
  @Suite struct `Crashes` {
    @Test func `a function that traps on one event handles the others, and the attempt counts`() async throws {
      await #expect(processExitsWith: .success) {
        await withCrashes(isStarted: false) { platform in
          try await platform.order("trap", "thing77")
          for number in 0..<200 { try await platform.change("thing\(number)") }
          platform.start()
          try await platform.until("the others have come") { try await platform.effects("Note").count == 199 }
          try await platform.until("it has failed") {
            try await platform.inbox("Note", of: "thing77").first?.attempts == 1
          }
          let blamed = try await platform.one(
            "reader", "select count(*)::int from lakoo.pending where attempts > 0", as: Int.self)
          #expect(blamed == 1, "nobody else has been blamed")
          try await platform.liftOrder("thing77")
          platform.advance(by: .seconds(15))
          try await platform.until("it came") { try await platform.numbers("Note", of: "thing77") == [1] }
        }
      }
    }

    @Test func `an event that was set aside for a function that traps is tried again`() async throws {
      await #expect(processExitsWith: .success) {
        await withCrashes { platform in
          try await platform.order("trap", "lamp")
          try await platform.change("lamp", event: "called")
          try await platform.until("it has failed") {
            try await platform.inbox("Ring", of: "lamp").first?.attempts == 1
          }
          try await platform.liftOrder("lamp")
          platform.advance(by: .minutes(1))
          try await platform.until("it came") { try await platform.numbers("Ring", of: "lamp") == [1] }
        }
      }
    }
  }
}
