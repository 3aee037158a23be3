import FunctionKit
import Manifest
import Testing

/// Producers and consumers know each other by the event's file alone, so each consumer is held against it.
@Suite struct `Every subscriber reads what is emitted` {
  @Test(arguments: Subscription.all) func `the sample of the event`(subscription: Subscription) async throws {
    try await subscription.read(subscription.event.sample)
  }

  @Test(arguments: Subscription.all) func `the least that the schema allows`(subscription: Subscription) async throws {
    let least = subscription.event.payload.leastOf(subscription.event.sample)
    #expect(subscription.event.payload.violations(in: least) == [])
    try await subscription.read(least)
  }

  @Test func `a function that can't read its event is found out`() async throws {
    let subscription = try #require(Subscription.all.first { $0.event.name == "payment.paid" })
    await #expect(throws: (any Error).self) { try await subscription.read(["amount": "5"]) }
  }

  @Test func `no bundle and no subscription is left out`() throws {
    let set = try project.get()
    #expect(set.diagnostics == [])
    #expect(set.bundles.map(\.name) == libraries.keys.sorted(), "add the bundle to the libraries of this test")
    let subscribed = EventGraph(set.bundles, catalogue: set.events).nodes.map(\.consumers.count).reduce(0, +)
    #expect(Subscription.all.count == subscribed)
    #expect(subscribed >= 6)
  }
}
