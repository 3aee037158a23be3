import EventLoop
import FunctionKit
import RelayTesting
import Runtime
import Testing

extension `Event relay` {
  @Suite struct `Order` {
    @Test func `a transaction that commits after others with later rows is not skipped`() async throws {
      try await withThings { platform in
        let late = try platform.host.transaction(of: "writer", as: "Change")
        try await late.emit(EmittedEvent(ThingChanged(thing: "late", number: 1)))
        _ = try await late.run("select 1")
        for _ in 1...3 { try await platform.change("early") }
        try await platform.settle()
        try await late.commit()
        try await platform.until("all have come") { try await platform.effects("Note").count == 4 }
        try await platform.settle()
        #expect(try await platform.effects("Note").count == 4)
        #expect(try await platform.numbers("Note", of: "late") == [1])
        #expect(try await platform.numbers("Note", of: "early") == [1, 2, 3])
      }
    }

    @Test func `a transaction that runs long holds up nobody else's events`() async throws {
      try await withThings { platform in
        let open = try platform.host.transaction(of: "writer", as: "Change")
        try await open.emit(EmittedEvent(ThingChanged(thing: "open", number: 1)))
        _ = try await open.run("insert into thing values ('open', 1)")
        for number in 1...3 {
          try await platform.change("lamp")
          try await platform.until("it came") { try await platform.effects("Note", of: "lamp").count == number }
        }
        await open.rollback()
        try await platform.settle()
        #expect(try await platform.effects("Note").count == 3)
      }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `many writers on few things: each thing's events come complete and as they were committed`(
      seed: UInt64
    ) async throws {
      try await withThings(hosts: 2) { platform in
        try await withThrowingTaskGroup { group in
          for writer in 0..<6 {
            group.addTask { try await write(30, seed * 100 + UInt64(writer), platform) }
          }
          try await group.waitForAll()
        }
        let versions: [Effect] = try await platform.rows(
          "writer", "select '' as function, name as thing, version as number from thing where name like 'thing%'")
        for last in versions {
          try await platform.until("all of \(last.thing) came") {
            try await platform.numbers("Note", of: last.thing).count >= last.number
          }
          let numbers = try await platform.numbers("Note", of: last.thing)
          #expect(numbers == Array(1...last.number))
        }
        #expect(versions.count == 4)
      }
    }
  }
}

/// Transactions that take their id early or late, wait for each other's locks, and sometimes change their mind.
private func write(_ count: Int, _ seed: UInt64, _ platform: Platform) async throws {
  var random = SplitMix(state: seed)
  for round in 0..<count {
    let session = try platform.hosts[Int(seed % 2)].transaction(of: "writer", as: "Change")
    if Bool.random(using: &random) {
      _ = try await session.run("insert into thing values (\("own-\(seed)-\(round)"), 0)")
      try await pause(&random, session)
    }
    let thing = "thing\(Int.random(in: 0..<4, using: &random))"
    let number: Int? = try await session.run(
      """
      insert into thing values (\(thing), 1)
      on conflict (name) do update set version = thing.version + 1 returning version
      """
    ).rows.first?.decode()
    try await pause(&random, session)
    try await session.emit(EmittedEvent(ThingChanged(thing: thing, number: try #require(number))))
    if Int.random(in: 0..<8, using: &random) == 0 { await session.rollback() } else { try await session.commit() }
  }
}

private func pause(_ random: inout SplitMix, _ session: TransactionSession) async throws {
  _ = try await session.run("select pg_sleep(\(Double.random(in: 0...0.008, using: &random)))")
}

/// A fixed sequence, so that a failure can be seen again.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
