import EventLoop
import EventRelay
import FunctionKit
import RelayTesting
import Runtime
import Testing

extension `Event relay` {
  @Suite struct `Dead letters` {
    @Test func `a dead letter says what was said at each attempt, and by which release`() async throws {
      try await withThings { platform in
        try await platform.order("throw", "lamp")
        try await platform.change("lamp")
        for attempt in 1...2 {
          try await platform.until("attempt \(attempt) failed") {
            try await platform.inbox("Note", of: "lamp").first?.attempts == attempt
          }
          platform.advance(by: .seconds(25))
        }
        try await platform.untilDead("Note", of: "lamp")
        let letters = try await platform.deadLetters().list(.init(function: "Note"))
        let letter = try #require(letters.first)
        #expect(letters.count == 1 && letter.attempts == 3 && letter.errors.count == 3 && letter.release == "unknown")
        #expect(letter.type == "thing.changed" && letter.key == "lamp" && !letter.blocks)
        #expect(letter.errors.last?.hasSuffix("attempt 3: Broken()") == true)
        #expect(try JSON.parse(Array(letter.data.utf8))["number"]?.int == 1)
        #expect(try await platform.deadLetters().count(.init(function: "Count")) == 0)
      }
    }

    @Test func `a redrive is for the function that gave up, and takes effect once`() async throws {
      try await withThings { platform in
        try await platform.order("refuse", "lamp")
        try await platform.order("refuse", "chair")
        for thing in ["lamp", "chair"] {
          try await platform.change(thing)
          try await platform.untilDead("Note", of: thing)
          try await platform.liftOrder(thing)
        }
        let letters = try platform.deadLetters()
        #expect(try await letters.redrive(.init(function: "Note", key: "lamp")) == 1)
        try await platform.until("it was done") { try await platform.numbers("Note", of: "lamp") == [1] }
        #expect(try await letters.redrive(.init(function: "Note", key: "lamp")) == 0)
        #expect(try await letters.redrive(.init()) == 1)
        try await platform.until("so was the other") { try await platform.numbers("Note", of: "chair") == [1] }
        try await platform.settle()
        #expect(try await platform.effects("Note").count == 2)
        #expect(try await platform.effects("Count").count == 2, "whoever had dealt with it is left alone")
      }
    }

    @Test func `a letter outlives the inbox that it came from`() async throws {
      try await withThings { platform in
        try await platform.order("refuse", "lamp")
        try await platform.change("lamp")
        try await platform.untilDead("Note", of: "lamp")
        try await platform.liftOrder("lamp")
        try await platform.write("reader", "delete from lakoo.inbox")
        #expect(try await platform.deadLetters().redrive(.init()) == 1)
        try await platform.until("it was done") { try await platform.numbers("Note", of: "lamp") == [1] }
      }
    }

    @Test func `what was purged is gone`() async throws {
      try await withThings { platform in
        try await platform.order("refuse", "lamp")
        try await platform.change("lamp")
        try await platform.untilDead("Note", of: "lamp")
        try await platform.liftOrder("lamp")
        let letters = try platform.deadLetters()
        #expect(try await letters.purge(.init(type: "thing.called")) == 0)
        #expect(try await letters.purge(.init(type: "thing.changed", until: platform.clock.now + .seconds(1))) == 1)
        #expect(try await letters.redrive(.init()) == 0)
        try await platform.settle()
        #expect(try await platform.effects("Note").isEmpty)
      }
    }

    @Test(arguments: [true, false])
    func `with onDead block the key waits for a decision, and other keys pass`(isRedriven: Bool) async throws {
      let events = "  Note: { on: thing.changed, onDead: block, emits: [thing.noted] }"
      try await withThings(hosts: 2, events: Things.usual.without("Note") + "\n" + events) { platform in
        try await platform.order("refuse", "lamp")
        for _ in 1...3 { try await platform.change("lamp") }
        try await platform.untilDead("Note", of: "lamp")
        try await platform.liftOrder("lamp")
        try await platform.change("lamp")
        try await platform.change("chair")
        try await platform.until("the other key passes") { try await platform.numbers("Note", of: "chair") == [1] }
        try await platform.settle()
        #expect(try await platform.numbers("Note", of: "lamp") == [])
        #expect(try await platform.numbers("Count", of: "lamp") == [1, 2, 3, 4], "other functions pass as well")
        let letters = try platform.deadLetters()
        #expect(try await (isRedriven ? letters.redrive(.init()) : letters.purge(.init())) == 1)
        let expected = isRedriven ? [1, 2, 3, 4] : [2, 3, 4]
        try await platform.until("they came") { try await platform.numbers("Note", of: "lamp").count >= expected.count }
        #expect(try await platform.numbers("Note", of: "lamp") == expected)
      }
    }
  }
}

extension String {
  /// The manifest's lines but for one function's.
  func without(_ function: String) -> String {
    split(separator: "\n").filter { !$0.contains(function + ":") }.joined(separator: "\n")
  }
}
