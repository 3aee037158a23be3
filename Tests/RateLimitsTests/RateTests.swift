import EventLoop
import RateLimits
import Testing

private let second: UInt64 = 1_000_000_000

@Suite struct `A rate` {
  private let rate = Rate(requests: 60, per: .seconds(60), burst: 5)

  @Test func `lets a burst in at once, then one for each interval`() throws {
    let table = try RateTable(groups: 1)
    let key = table.key(1, in: 7)
    for left in [4, 3, 2, 1, 0] as [UInt64] {
      let standing = table.take(key, rate, at: 100 * second)
      #expect(standing.isAllowed && standing.remaining == left && standing.reset == (5 - left) * second)
    }
    let refused = table.take(key, rate, at: 100 * second)
    #expect(!refused.isAllowed && refused.remaining == 0 && refused.wait == second)
    #expect(!table.take(key, rate, at: 101 * second - 1).isAllowed)
    #expect(table.take(key, rate, at: 101 * second).isAllowed)
    #expect(!table.take(key, rate, at: 101 * second).isAllowed)
  }

  @Test func `never lets more in than the rate, whatever is sent`() throws {
    let table = try RateTable(groups: 1)
    let key = table.key(1, in: 7)
    let allowed = (0..<100_000).count { table.take(key, rate, at: second + UInt64($0) * 1_000_000).isAllowed }
    #expect(allowed == 5 + 99)
  }

  @Test func `is not prolonged by refusals`() throws {
    let table = try RateTable(groups: 1)
    let key = table.key(1, in: 7)
    for _ in 0..<1000 { _ = table.take(key, rate, at: second) }
    #expect(table.take(key, rate, at: 2 * second).isAllowed)
  }

  @Test func `charges at most a whole burst for what weighs more`() throws {
    let table = try RateTable(groups: 1)
    let key = table.key(1, in: 7)
    table.charge(1000, to: key, rate, at: second)
    #expect(!table.take(key, rate, at: second).isAllowed)
    #expect(table.take(key, rate, at: 2 * second).isAllowed)
    #expect(table.standing(of: key, rate, at: 2 * second).remaining == 0)
    #expect(table.standing(of: key, rate, at: 7 * second).remaining == 5)
  }

  @Test func `counts nothing against a key that could only be of another rate or of a clock set back`() throws {
    let table = try RateTable(groups: 1)
    let key = table.key(1, in: 7)
    let slow = Rate(requests: 1, per: .seconds(86_400), burst: 1)
    #expect(table.take(key, slow, at: second).isAllowed)
    #expect(table.take(key, rate, at: second).remaining == 4)
    #expect(table.take(key, rate, at: 10_000 * second).isAllowed)
    for _ in 0..<5 { _ = table.take(key, rate, at: 10_000 * second) }
    #expect(table.take(key, rate, at: 2 * second).remaining == 4)
  }

  @Test func `is told by clocks that differ a little`() throws {
    let table = try RateTable(groups: 1)
    let key = table.key(1, in: 7)
    for _ in 0..<5 { #expect(table.take(key, rate, at: 105 * second).isAllowed) }
    #expect(!table.take(key, rate, at: 100 * second).isAllowed)
  }
}

@Suite struct `A table of rates` {
  private let rate = Rate(requests: 10, per: .seconds(10), burst: 2)

  @Test func `keeps keys, and the spaces of limits, apart`() throws {
    let table = try RateTable(groups: 64)
    for (value, space) in [(1, 1), (1, 2), (2, 1), (2, 2)] as [(UInt128, UInt64)] {
      let key = table.key(value, in: space)
      #expect(table.key(value, in: space) == key)
      #expect([1, 0].allSatisfy { table.take(key, rate, at: second).remaining == $0 })
      #expect(!table.take(key, rate, at: second).isAllowed)
    }
  }

  @Test func `that is full forgets who owes the least and shuts nobody out`() throws {
    let table = try RateTable(groups: 1)
    let heavy = Rate(requests: 10, per: .seconds(1000), burst: 2)
    let one = table.key(0, in: 1)
    for _ in 0..<2 { #expect(table.take(one, heavy, at: second).isAllowed) }
    for value in 1..<1000 { #expect(table.take(table.key(UInt128(value), in: 1), rate, at: second).isAllowed) }
    #expect(!table.take(one, heavy, at: second).isAllowed)
  }

  @Test func `gives the places of those who owe nothing any more to others`() throws {
    let table = try RateTable(groups: 1)
    let keys = (0..<8).map { table.key($0, in: 1) }
    for key in keys.dropFirst() { for _ in 0..<2 { _ = table.take(key, rate, at: 2 * second) } }
    _ = table.take(keys[0], rate, at: second)
    #expect(table.take(table.key(99, in: 1), rate, at: 2 * second).remaining == 1)
    #expect(keys.dropFirst().allSatisfy { !table.take($0, rate, at: 2 * second).isAllowed })
  }

  @Test func `is one for all who map it`() throws {
    let file = try RateTableFile(groups: 16)
    let (one, other) = (try RateTable(file), try RateTable(file))
    let key = one.key(5, in: 5)
    #expect(other.key(5, in: 5) == key)
    #expect(one.take(key, rate, at: second).remaining == 1)
    #expect(other.take(key, rate, at: second).remaining == 0)
    #expect(!one.take(key, rate, at: second).isAllowed)
  }

  @Test func `counts every request of many threads exactly once`() async throws {
    let file = try RateTableFile(groups: 16)
    let large = Rate(requests: 20_000, per: .seconds(20_000), burst: 20_000)
    let allowed = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        let table = try RateTable(file)
        group.addTask { (0..<8000).count { _ in table.take(table.key(5, in: 5), large, at: second).isAllowed } }
      }
      return try await group.reduce(0, +)
    }
    #expect(allowed == 20_000)
  }

  @Test func `that is of another version, or no table at all, is not taken`() throws {
    let file = try RateTableFile(groups: 16)
    #expect(throws: RateTableError.self) { try RateTable(inherited: -1) }
    #expect(RateTableFile(adopting: -1) == nil)
    #expect(RateTableFile(adopting: try file.descriptor.copy().release()) != nil)
    #expect(throws: (any Error).self) { try RateTableFile(groups: 3) }
  }
}
