internal import Manifest

/// Who of one function's callers may run now and who waits, first come, first served.
struct ConcurrencyLine<Waiter> {
  enum Step: Equatable {
    case run
    case wait(ticket: Int)
    case refuse
  }

  private let concurrency: Concurrency
  private var running = 0
  private var waiting: [Int: Waiter] = [:]
  private var nextTicket = 0
  private var firstTicket = 0
  /// How long a run usually takes, in milliseconds; the latest counts one eighth.
  private var usual: Double?

  var length: Int { waiting.count }

  init(_ concurrency: Concurrency) { self.concurrency = concurrency }

  mutating func arrive(_ waiter: @autoclosure () -> Waiter) -> Step {
    if running < concurrency.limit {
      running += 1
      return .run
    }
    guard waiting.count < concurrency.queue else { return .refuse }
    defer { nextTicket += 1 }
    waiting[nextTicket] = waiter()
    return .wait(ticket: nextTicket)
  }

  /// One run is over. Its place goes to whoever has waited longest.
  /// - Parameter milliseconds: what the run took.
  mutating func leave(after milliseconds: UInt64) -> Waiter? {
    usual = usual.map { $0 + (Double(milliseconds) - $0) / 8 } ?? Double(milliseconds)
    while firstTicket < nextTicket {
      defer { firstTicket += 1 }
      if let next = waiting.removeValue(forKey: firstTicket) { return next }
    }
    running -= 1
    return nil
  }

  mutating func giveUp(ticket: Int) { waiting[ticket] = nil }

  /// In how many seconds somebody new can expect a place: when all who are here have had theirs, and never longer than a
  /// run may take, since by then everybody here has been answered.
  /// - Parameter timeout: in milliseconds.
  func retryAfter(timeout: Double) -> Int {
    let rounds = Double(waiting.count + 1) / Double(concurrency.limit)
    return max(1, Int((min((usual ?? 0) * rounds, timeout) / 1000).rounded(.up)))
  }
}
