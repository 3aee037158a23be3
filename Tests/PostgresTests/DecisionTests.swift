import FunctionKit
import Testing

@testable import Postgres

@Suite struct `Decisions` {
  @Test func `timeouts are rounded up to a few steps`() {
    #expect(
      [0, 1, 250, 251, 4000, 5000, 5001, 90_000].map(StatementTimeout.step) == [
        250, 250, 250, 500, 5000, 5000, 10_000, 300_000,
      ])
  }

  @Test func `attempts to connect come ever later, at most a second apart`() {
    var reachability = Reachability()
    var (now, pauses): (UInt64, [UInt64]) = (0, [])
    for _ in 0..<7 {
      reachability.failed("refused", now)
      pauses.append(reachability.retryAt - now)
      #expect(!reachability.mayTry(now))
      now = reachability.retryAt
      #expect(reachability.mayTry(now))
    }
    #expect(pauses == [50, 100, 200, 400, 800, 1000, 1000])
    reachability.succeeded()
    #expect(!reachability.isFailing)
  }

  @Test func `a writer is taken, opened, waited for or refused`() {
    var capacity = WriterCapacity(limit: 2, maxWaiting: 2)
    #expect(capacity.step(waiting: 0) == .openAndWait)
    capacity.opening = 1
    #expect(capacity.step(waiting: 1) == .openAndWait)
    capacity.opening = 2
    #expect(capacity.step(waiting: 1) == .wait)
    #expect(capacity.step(waiting: 2) == .refuse)
    capacity = WriterCapacity(limit: 2, maxWaiting: 2, idle: 1, busy: 1)
    #expect(capacity.step(waiting: 0) == .take)
    #expect(capacity.step(waiting: 1) == .wait)
  }

  @Test func `a statement has a name once its parse has succeeded`() {
    var cache = StatementCache(limit: 2)
    guard case .prepare(let first, nil) = cache.use("a") else { return #expect(Bool(false)) }
    guard case .unnamed = cache.use("a") else { return #expect(Bool(false)) }
    cache.confirm(first)
    guard case .ready = cache.use("a") else { return #expect(Bool(false)) }
    cache.forget(first)
    guard case .prepare = cache.use("a") else { return #expect(Bool(false)) }
  }

  @Test func `the statement that was not used for longest makes room`() {
    var cache = StatementCache(limit: 2)
    for text in ["a", "b"] {
      if case .prepare(let prepared, _) = cache.use(text) { cache.confirm(prepared) }
    }
    _ = cache.use("a")
    guard case .prepare(_, evicted: "s2") = cache.use("c") else { return #expect(Bool(false)) }
    guard case .ready = cache.use("a") else { return #expect(Bool(false)) }
    #expect(cache.count == 2)
  }

  @Test func `a transaction begins once, fails for good and ends once`() throws {
    let failure = DatabaseError(sqlState: "23505", message: "duplicate")
    var state = TransactionState()
    #expect(try state.willSend())
    #expect(try !state.willSend())
    state.didFail(failure)
    #expect(throws: DatabaseError.failedBefore(failure)) { try state.willSend() }
    #expect(throws: DatabaseError.failedBefore(failure)) { try state.willCommit() }
    state.didRollBack()
    #expect(throws: DatabaseError.ended) { try state.willCommit() }
    var untouched = TransactionState()
    #expect(try !untouched.willCommit())
    #expect(throws: DatabaseError.ended) { try untouched.willSend() }
  }

  @Test func `a queue keeps its order while it shrinks and grows`() {
    var queue = Fifo<Int>()
    var (next, expected) = (0, 0)
    for round in 0..<5000 {
      queue.append(next)
      next += 1
      if round % 3 != 0 {
        #expect(queue.removeFirst() == expected)
        expected += 1
      }
    }
    #expect(queue.count == next - expected)
    #expect(queue.removeAll() == Array(expected..<next))
  }

  @Test func `settings with spaces reach the server whole`() {
    let conninfo = Conninfo(
      text: "postgresql://me@host/shop?options=-c%20geqo%3Doff", applicationName: "x", settings: [("a", "b c")])
    #expect(conninfo.database == "shop")
    #expect(conninfo.parameters.first { $0.name == "options" }?.value == "-c geqo=off -c a=b\\ c")
  }
}
