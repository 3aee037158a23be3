import Testing

@testable import Runtime

@Suite struct `A circuit breaker` {
  private var breaker = CircuitBreaker()

  private mutating func admit(at now: UInt64) throws -> CircuitBreaker.Ticket {
    let ticket = breaker.admit(at: now)
    return try #require(ticket)
  }

  private mutating func isRefusing(at now: UInt64) -> Bool { breaker.admit(at: now) == nil }

  /// Lets one call through and records its outcome.
  private mutating func call(_ outcome: CircuitBreaker.Outcome, at now: UInt64) throws {
    breaker.record(outcome, of: try admit(at: now), at: now, chance: 0.5)
  }

  private mutating func open(at now: UInt64) throws {
    for _ in 0..<CircuitBreaker.threshold { try call(.failed, at: now) }
  }

  @Test mutating func `opens after failures in a row, and only then`() throws {
    for _ in 0..<4 { try call(.failed, at: 0) }
    try call(.answered, at: 0)
    for _ in 0..<4 { try call(.failed, at: 0) }
    try call(.abandoned, at: 0)
    #expect(breaker.state == .closed(failures: 4))
    try call(.failed, at: 10)
    #expect(breaker.state == .open(until: 1010))
    let isRefusing = isRefusing(at: 1009)
    #expect(isRefusing)
  }

  @Test mutating func `lets one call through after the pause, whose outcome decides`() throws {
    try open(at: 0)
    let probe = try admit(at: 1000)
    let isRefusing = isRefusing(at: 1000)
    #expect(isRefusing)
    breaker.record(.answered, of: probe, at: 1100, chance: 0.5)
    #expect(breaker.state == .closed(failures: 0))
    try open(at: 2000)
    #expect(breaker.state == .open(until: 3000))
  }

  @Test mutating func `pauses twice as long each time, up to 30 seconds`() throws {
    try open(at: 0)
    var pauses: [UInt64] = []
    for _ in 0..<6 {
      guard case .open(let until) = breaker.state else { return }
      try call(.failed, at: until)
      guard case .open(let next) = breaker.state else { return }
      pauses.append(next - until)
    }
    #expect(pauses == [2000, 4000, 8000, 16_000, 30_000, 30_000])
  }

  @Test mutating func `probes anew when the prober has gone`() throws {
    try open(at: 0)
    let probe = try admit(at: 1000)
    breaker.record(.abandoned, of: probe, at: 1500, chance: 0.5)
    let isRefusing = isRefusing(at: 1500)
    #expect(!isRefusing)
  }

  @Test mutating func `takes no notice of what was under way before`() throws {
    let early = try admit(at: 0)
    try open(at: 0)
    breaker.record(.answered, of: early, at: 500, chance: 0.5)
    #expect(breaker.state == .open(until: 1000))
    _ = breaker.admit(at: 1000)
    breaker.record(.failed, of: early, at: 1001, chance: 0.5)
    #expect(breaker.state == .probing)
  }
}
