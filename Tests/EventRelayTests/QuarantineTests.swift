import EventLoop
import FunctionKit
import RelayTesting
import Runtime
import Testing

extension `Event relay` {
  @Suite struct `In quarantine` {
    @Test(arguments: [("Note", "changed"), ("Ring", "called")])
    func `lets events wait without an attempt, and others pass`(function: String, event: String) async throws {
      try await withThings { platform in
        platform.host.quarantine(function)
        try await platform.change("lamp", event: event)
        try await platform.change("lamp", event: event)
        try await platform.change("lamp")
        try await platform.until("both are stored") { try await platform.inbox(function, of: "lamp").count >= 2 }
        try await platform.until("its neighbour has run") { try await platform.effects("Count").isEmpty == false }
        try await platform.settle()
        #expect(try await platform.effects(function).isEmpty)
        let waiting = try await platform.inbox(function, of: "lamp")
        #expect(waiting.allSatisfy { $0.status == "pending" && $0.attempts == 0 })
        platform.host.services.quarantine.set([])
        try await platform.untilIdle()
        #expect(try await platform.numbers(function, of: "lamp") == (function == "Note" ? [1, 2, 3] : [1, 2]))
      }
    }

    @Test func `begins with what is taken next, not with what runs`() async throws {
      try await withThings { platform in
        try await platform.order("wait", "lamp")
        try await platform.change("lamp")
        try await platform.until("it runs") { platform.host.services.inFlight.count == 1 }
        platform.host.quarantine("Note")
        try await platform.change("lamp")
        try await platform.liftOrder("lamp")
        try await platform.until("the first is done") { try await platform.numbers("Note", of: "lamp") == [1] }
        try await platform.settle()
        #expect(try await platform.numbers("Note", of: "lamp") == [1])
        platform.host.services.quarantine.set([])
        try await platform.until("the second is done") { try await platform.numbers("Note", of: "lamp") == [1, 2] }
      }
    }
  }
}

extension TestHost {
  fileprivate func quarantine(_ function: String) {
    services.quarantine.set([Quarantine.Entry(bundle: "reader", function: function)])
  }
}
