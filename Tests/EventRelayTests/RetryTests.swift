import EventLoop
import FunctionKit
import RelayTesting
import Testing

extension `Event relay` {
  @Suite struct `Retries` {
    @Test func `a failing handler is tried again by the clock, and given up after its attempts`() async throws {
      try await withThings { platform in
        try await platform.order("throw", "lamp")
        try await platform.change("lamp")
        for attempt in 1...2 {
          try await platform.until("attempt \(attempt) failed") {
            try await platform.inbox("Note", of: "lamp").first?.attempts == attempt
          }
          let row = try #require(try await platform.inbox("Note", of: "lamp").first)
          let backoff = 10.0 * Double(attempt)
          #expect(row.status == "pending" && row.wait > backoff * 0.7 && row.wait < backoff * 1.2)
          #expect(row.lastError?.contains("Broken") == true)
          platform.advance(by: .seconds(25))
        }
        try await platform.until("it is given up") {
          try await platform.inbox("Note", of: "lamp").first?.status == "dead"
        }
        #expect(try await platform.inbox("Note", of: "lamp").first?.attempts == 3)
        #expect(try await platform.effects("Note").isEmpty)
      }
    }

    @Test func `nothing is tried before its time`() async throws {
      try await withThings { platform in
        try await platform.order("throw", "lamp")
        try await platform.change("lamp")
        try await platform.until("it failed") { try await platform.inbox("Note", of: "lamp").first?.attempts == 1 }
        try await platform.liftOrder("lamp")
        platform.advance(by: .seconds(5))
        try await platform.settle()
        #expect(try await platform.effects("Note").isEmpty)
        platform.advance(by: .seconds(7))
        try await platform.until("it came") { try await platform.effects("Note").count == 1 }
      }
    }

    @Test func `a refusal is final at once`() async throws {
      try await withThings { platform in
        try await platform.order("refuse", "lamp")
        try await platform.change("lamp")
        try await platform.until("it is given up") {
          try await platform.inbox("Note", of: "lamp").first?.status == "dead"
        }
        let row = try #require(try await platform.inbox("Note", of: "lamp").first)
        #expect(row.attempts == 1 && row.lastError?.hasSuffix("attempt 1: It can't be done.") == true)
      }
    }

    @Test func `a cause that PostgreSQL can't keep is kept without what it can't`() async throws {
      try await withThings { platform in
        try await platform.order("garble", "lamp")
        try await platform.change("lamp")
        try await platform.untilDead("Note", of: "lamp")
        #expect(try await platform.inbox("Note", of: "lamp").first?.lastError?.hasSuffix("There is no  here.") == true)
      }
    }

    @Test func `a subject too long for a key is worked on in order all the same`() async throws {
      try await withThings { platform in
        let long = (0..<150).map { String($0 &* 2_654_435_761, radix: 36) }.joined()
        for _ in 1...3 { try await platform.change(long) }
        try await platform.until("they came") { try await platform.numbers("Note", of: long).count == 3 }
        #expect(try await platform.numbers("Note", of: long) == [1, 2, 3])
      }
    }

    @Test func `later events of a subject wait for an earlier one that is retried, other subjects pass`() async throws {
      try await withThings { platform in
        try await platform.order("throw", "lamp")
        for _ in 1...3 { try await platform.change("lamp") }
        try await platform.change("chair")
        try await platform.until("the other one came") { try await platform.numbers("Note", of: "chair") == [1] }
        try await platform.until("it failed") { try await platform.inbox("Note", of: "lamp").first?.attempts == 1 }
        try await platform.liftOrder("lamp")
        try await platform.settle()
        #expect(try await platform.numbers("Note", of: "lamp") == [])
        #expect(try await platform.numbers("Count", of: "lamp") == [1, 2, 3])
        platform.advance(by: .seconds(12))
        try await platform.until("they came") { try await platform.numbers("Note", of: "lamp").count == 3 }
        #expect(try await platform.numbers("Note", of: "lamp") == [1, 2, 3])
      }
    }

    @Test func `what follows one that was given up is delivered`() async throws {
      try await withThings { platform in
        try await platform.order("refuse", "lamp")
        try await platform.change("lamp")
        try await platform.until("it is given up") {
          try await platform.inbox("Note", of: "lamp").first?.status == "dead"
        }
        try await platform.liftOrder("lamp")
        try await platform.change("lamp")
        try await platform.until("the second came") { try await platform.numbers("Note", of: "lamp") == [2] }
      }
    }

    @Test func `a handler at its deadline is rolled back, counted and tried again`() async throws {
      try await withThings { platform in
        try await platform.order("wait", "lamp")
        try await platform.change("lamp", event: "pondered")
        try await platform.until("its attempt is counted", within: .seconds(5)) {
          try await platform.inbox("Ponder", of: "lamp").first?.attempts == 1
        }
        let row = try #require(try await platform.inbox("Ponder", of: "lamp").first)
        #expect(row.status == "pending" && row.wait > 7)
        #expect(try await platform.effects("Ponder").isEmpty)
        platform.advance(by: .seconds(12))
        try await platform.until("it is given up", within: .seconds(5)) {
          try await platform.inbox("Ponder", of: "lamp").first?.status == "dead"
        }
      }
    }
  }
}
