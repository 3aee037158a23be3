internal import FunctionKit

/// Somebody who waits for a connection. Confined to the loop's thread.
final class Waiter: @unchecked Sendable {
  let deadline: UInt64
  private(set) var isOver = false
  private var continuation: CheckedContinuation<PostgresConnection, any Error>?

  init(deadline: UInt64) { self.deadline = deadline }

  func awaited(by continuation: CheckedContinuation<PostgresConnection, any Error>) {
    if isOver { return continuation.resume(throwing: CancellationError()) }
    self.continuation = continuation
  }

  func resume(_ outcome: Result<PostgresConnection, any Error>) {
    guard !isOver else { return }
    isOver = true
    continuation?.resume(with: outcome)
    continuation = nil
  }
}

/// Waiters in the order in which they came.
struct WaitingLine {
  private var waiters: [Waiter] = []

  var isEmpty: Bool { waiters.isEmpty }
  var count: Int { waiters.count }

  mutating func join(_ waiter: Waiter) { waiters.append(waiter) }
  mutating func next() -> Waiter? { waiters.isEmpty ? nil : waiters.removeFirst() }
  mutating func leave(_ waiter: Waiter) { waiters.removeAll { $0 === waiter } }

  /// Takes out those whose deadline has passed.
  mutating func overdue(_ now: UInt64) -> [Waiter] {
    let late = waiters.filter { now >= $0.deadline }
    if !late.isEmpty { waiters.removeAll { now >= $0.deadline } }
    return late
  }

  mutating func takeAll() -> [Waiter] {
    defer { waiters = [] }
    return waiters
  }
}
