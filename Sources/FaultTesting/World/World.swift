private import EventLoop
public import FunctionKit

/// What one run of a scenario sees: a host that may fail it at any moment, and dice of its own.
public struct World: Sendable {
  let stage: Stage
  /// How many runs were begun before this one, and one.
  public let number: Int
  /// No faults any more: whatever does not work now never will.
  public let isCalm: Bool
  private let dice: LoopLocal<SeededGenerator>

  init(stage: Stage, number: Int, isCalm: Bool) {
    self.stage = stage
    self.number = number
    self.isCalm = isCalm
    dice = LoopLocal(stage.loop, SeededGenerator(seed: stage.seed, .scenario, UInt64(number)))
  }

  // MARK: Dice, which fall alike for the same seed and run

  public func random(in range: ClosedRange<Int>) -> Int { range.lowerBound + dice.value.below(range.count) }
  public func oneIn(_ count: Int) -> Bool { random(in: 1...count) == 1 }
  public func newID() -> ID {
    ID(at: Instant(seconds: 1_800_000_000 + Int64(number)), random: (dice.value.next(), dice.value.next()))
  }

  // MARK: Requests

  /// Sends a request once.
  /// - Throws: ``TestFailure`` when no answer comes.
  public func send(
    _ door: Door, _ method: String, _ path: String, headers: [String: String] = [:], body: JSON? = nil
  ) async throws -> HTTP.Reply {
    let (port, text) = (stage.host.port(door), body.map { String(decoding: $0.serialized(), as: UTF8.self) } ?? "")
    return try await stage.request { try HTTP.send(port, method, path, headers: headers, body: text) }
  }

  /// Sends a POST until it is answered for good, as a caller does who gets no answer, a 5xx, or is told that the same
  /// request is still under way.
  /// - Parameter key: the `Idempotency-Key`.
  /// - Returns: nil when patience is at its end.
  public func post(
    _ door: Door, _ path: String, body: JSON? = nil, headers: [String: String] = [:], key: String? = nil,
    patience: Duration = .seconds(3)
  ) async throws -> HTTP.Reply? {
    let headers = headers.merging(key.map { ["idempotency-key": $0] } ?? [:]) { $1 }
    return try await insist(door, "POST", path, headers: headers, body: body, patience: patience)
  }

  /// The same for any method that may be repeated.
  /// - Returns: nil when patience is at its end.
  public func insist(
    _ door: Door, _ method: String, _ path: String, headers: [String: String] = [:], body: JSON? = nil,
    patience: Duration = .seconds(3)
  ) async throws -> HTTP.Reply? {
    let end = stage.loop.now + patience.milliseconds
    repeat {
      do {
        let reply = try await send(door, method, path, headers: headers, body: body)
        if reply.isForGood { return reply }
      } catch is TestFailure {}
      try await stage.loop.sleep(for: .milliseconds(50))
    } while stage.loop.now < end
    return nil
  }

  public func pause(_ duration: Duration) async throws { try await stage.loop.sleep(for: duration) }

  /// Moves the host's clock forward, so that schedules fire and time limits pass. A host that is down at the moment
  /// keeps its time.
  public func advanceClock(seconds: Int) async throws {
    do { try await stage.advanceClock(seconds: seconds) } catch is TestFailure {}
  }

  // MARK: Looking

  /// The only number of a statement, read from a bundle's database past the host.
  public func value(in bundle: String, _ statement: SQL) async throws -> Int {
    try await stage.databases.value(in: bundle, statement)
  }
}

extension HTTP.Reply {
  fileprivate var isForGood: Bool { status < 500 && !(status == 409 && code == "idempotency_in_progress") }
}
