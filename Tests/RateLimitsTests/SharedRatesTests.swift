import EventLoop
import Foundation
import LoopTesting
import Synchronization
import Testing

@testable import RateLimits

private let rate = Rate(requests: 60, per: .seconds(3600), burst: 5)

private final class Told: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }
  func clear() { lines.withLock { $0 = [] } }
}

extension SharedRates {
  fileprivate func take(_ claims: RateClaim...) async -> RateVerdict? {
    await withCheckedContinuation { continuation in take(claims) { continuation.resume(returning: $0) } }
  }

  fileprivate func becomes(ready: Bool, _ loop: EventLoop) async throws {
    for _ in 0..<1000 where isReady != ready { try await loop.sleep(for: .milliseconds(10)) }
    #expect(isReady == ready)
  }
}

/// Two hosts, as far as a real Redis can tell.
@Suite(.serialized) struct `Rates of several hosts` {
  private func with(
    _ server: RedisServer, _ url: String? = nil, hosts: Int = 2, deadline: Duration = .seconds(1),
    _ body: @escaping @Sendable ([SharedRates], Told, EventLoop) async throws -> Void
  ) async throws {
    let address = try RedisAddress(url ?? server.url())
    try await withLoop { loop in
      let told = Told()
      let hosts = (0..<hosts).map { _ in SharedRates(loop, address, deadline: deadline) { told.add($0) } }
      defer { for host in hosts { host.close() } }
      if url == nil {
        for host in hosts { try await host.becomes(ready: true, loop) }
        // A Redis that is only starting has been told of.
        told.clear()
      }
      try await body(hosts, told, loop)
    }
  }

  @Test func `are counted together, by the clock of Redis`() async throws {
    let server = try RedisServer(password: "geheim")
    try await with(server) { hosts, _, _ in
      for (turn, left) in [4, 3, 2, 1, 0].enumerated() {
        let verdict = try #require(await hosts[turn % 2].take(RateClaim(1, in: 7, rate)))
        #expect(verdict.standings.map(\.isAllowed) == [true] && verdict.standings[0].remaining == UInt64(left))
      }
      for host in hosts {
        let verdict = try #require(await host.take(RateClaim(1, in: 7, rate)))
        #expect(!verdict.standings[0].isAllowed && verdict.standings[0].wait > 50_000_000_000)
        #expect(verdict.standings[0].wait <= 60_000_000_000)
        #expect(await host.take(RateClaim(2, in: 7, rate))?.standings[0].isAllowed == true)
        #expect(await host.take(RateClaim(1, in: 8, rate))?.standings[0].isAllowed == true)
      }
    }
  }

  @Test func `let in no more than the burst, when both are asked at once`() async throws {
    let server = try RedisServer()
    try await with(server) { hosts, _, _ in
      let verdicts = await withTaskGroup(of: RateVerdict?.self) { group in
        for turn in 0..<40 { group.addTask { await hosts[turn % 2].take(RateClaim(1, in: 7, rate)) } }
        return await group.reduce(into: [RateVerdict?]()) { $0.append($1) }
      }
      #expect(verdicts.filter { $0?.standings[0].isAllowed == true }.count == 5)
      #expect(!verdicts.contains { $0 == nil })
    }
  }

  @Test func `take nothing from the buckets behind the one that refuses`() async throws {
    let server = try RedisServer()
    try await with(server, hosts: 1) { hosts, _, _ in
      let tight = Rate(requests: 1, per: .seconds(3600), burst: 1)
      for isAllowed in [true, false, false] {
        let verdict = try #require(await hosts[0].take(RateClaim(1, in: 7, tight), RateClaim(2, in: 7, rate)))
        #expect(verdict.standings.last?.isAllowed == isAllowed)
      }
      #expect(await hosts[0].take(RateClaim(2, in: 7, rate))?.standings[0].remaining == 3)
      #expect(await hosts[0].take(RateClaim(2, in: 7, rate, count: 19, isOwed: true))?.standings[0].remaining == 0)
      #expect(await hosts[0].take(RateClaim(2, in: 7, rate))?.standings[0].isAllowed == false)
    }
  }

  @Test func `are each host's own while Redis is away, said once, and shared when it is back`() async throws {
    let server = try RedisServer()
    try await with(server, hosts: 1) { hosts, told, loop in
      server.kill()
      try await hosts[0].becomes(ready: false, loop)
      #expect(await hosts[0].take(RateClaim(1, in: 7, rate)) == nil)
      try await loop.sleep(for: .milliseconds(900))
      #expect(hosts[0].unanswered == 1)
      #expect(told.all.filter { $0.contains("refused") }.count == 1)
      #expect(told.all.allSatisfy { $0.hasPrefix("rate limits are not shared, each host counts for itself") })
      try server.start()
      try await hosts[0].becomes(ready: true, loop)
      #expect(await hosts[0].take(RateClaim(1, in: 7, rate))?.standings[0].remaining == 4)
      #expect(told.all.last?.hasPrefix("rate limits are shared again") == true)
    }
  }

  @Test func `wait no longer than the deadline for a Redis that stands still`() async throws {
    let server = try RedisServer()
    try await with(server, hosts: 1, deadline: .milliseconds(25)) { hosts, told, loop in
      server.freeze()
      let first = await ContinuousClock().measure { #expect(await hosts[0].take(RateClaim(1, in: 7, rate)) == nil) }
      #expect(first >= .milliseconds(20) && first < .milliseconds(500))
      // Nobody waits any more, so whoever asks now hears it at once.
      #expect(!hosts[0].isReady)
      #expect(await hosts[0].take(RateClaim(1, in: 7, rate)) == nil)
      #expect(hosts[0].unanswered == 2 && told.all.count == 1 && told.all[0].hasSuffix("it has not answered in time"))
      server.thaw()
      try await hosts[0].becomes(ready: true, loop)
    }
  }

  @Test func `name a wrong password, and never say it`() async throws {
    let server = try RedisServer(password: "geheim")
    try await with(server, server.url("falsch"), hosts: 1) { hosts, told, loop in
      for _ in 0..<500 where !told.all.contains(where: { $0.contains("WRONGPASS") }) {
        try await loop.sleep(for: .milliseconds(10))
      }
      #expect(told.all.last?.contains("refuses the user or password of LAKOO_REDIS_URL: WRONGPASS") == true)
      #expect(!told.all.contains { $0.contains("falsch") })
      #expect(await hosts[0].take(RateClaim(1, in: 7, rate)) == nil)
    }
  }

  @Test func `go on when Redis has forgotten the script`() async throws {
    let server = try RedisServer()
    try await with(server, hosts: 1) { hosts, _, _ in
      let flush = Process()
      flush.executableURL = URL(fileURLWithPath: "/usr/bin/redis-cli")
      flush.arguments = ["-p", "\(server.port)", "script", "flush"]
      flush.standardOutput = FileHandle.nullDevice
      try flush.run()
      flush.waitUntilExit()
      for left in [4, 3] as [UInt64] {
        #expect(await hosts[0].take(RateClaim(1, in: 7, rate))?.standings[0].remaining == left)
      }
      #expect(hosts[0].unanswered == 0)
    }
  }
}
