import Manifest
import Testing

@testable import Runtime

@Suite struct `A line before a function` {
  private func line(limit: Int, queue: Int) -> ConcurrencyLine<String> {
    ConcurrencyLine(Concurrency(limit: limit, queue: queue))
  }

  @Test func `lets in as many as there are places, then makes wait, then refuses`() {
    var line = line(limit: 2, queue: 1)
    let steps = ["a", "b", "c", "d"].map { line.arrive($0) }
    #expect(steps == [.run, .run, .wait(ticket: 0), .refuse])
  }

  @Test func `gives a place to whoever has waited longest and is still there`() {
    var line = line(limit: 1, queue: 3)
    for name in ["a", "b", "c", "d"] { _ = line.arrive(name) }
    line.giveUp(ticket: 0)
    #expect(line.arrive("e") == .wait(ticket: 3))
    #expect((0..<4).map { _ in line.leave(after: 1) } == ["c", "d", "e", nil])
    #expect(line.arrive("f") == .run)
    #expect(line.arrive("g") == .wait(ticket: 4))
  }

  @Test func `estimates the wait from what runs have taken, from one second to the timeout`() {
    var line = line(limit: 2, queue: 100)
    #expect(line.retryAfter(timeout: 10_000) == 1)
    for name in ["a", "b"] { _ = line.arrive(name) }
    _ = line.leave(after: 3000)
    _ = line.arrive("a")
    #expect(line.retryAfter(timeout: 10_000) == 2)
    for name in ["c", "d", "e"] { _ = line.arrive(name) }
    #expect(line.retryAfter(timeout: 10_000) == 6)
    #expect(line.retryAfter(timeout: 4500) == 5)
    _ = line.leave(after: 11_000)
    #expect(line.retryAfter(timeout: 10_000) == 6)
  }
}
