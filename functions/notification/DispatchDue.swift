import FunctionKit

/// Hands due messages to their carriers, the most pressing first.
///
/// One transaction claims a message and notes the attempt, the call follows with nothing open, and another one writes down
/// what came of it. An attempt that was cut off between them ends with its lease, as one of unknown outcome.
struct DispatchDue: CronJob {
  /// Below the job's own time, so that no call is cut off.
  private static let longest = Duration.seconds(100)
  /// How long each of the two things that need no carrier may take before the others.
  private static let share = Duration.seconds(10)
  private static let step = 100

  func handle(_ tick: Tick, context: Context) async throws {
    let begin = context.now
    while context.now - begin < Self.share, try await context.work({ try await $0.endExpiredLease() }) {}
    while context.now - begin < Self.share * 2,
      try await context.work({ try await $0.showScheduled(upTo: Self.step) }) == Self.step
    {}
    var turn = 0
    while context.now - begin < Self.longest {
      turn += 1
      switch try await context.work({ [turn] in try await $0.claimLetter($0.openChannels(turn: turn)) }) {
      case .letter(let letter): try await dispatch(letter, context)
      case .putOff: continue
      case .nothing: return
      }
    }
  }

  private func dispatch(_ letter: Letter, _ context: Context) async throws {
    do {
      let verdict = try await verdict(on: letter, context)
      try await context.work { try await $0.settle(letter, verdict) }
    } catch {
      if Task.isCancelled || (error as? DatabaseError)?.isTransient == true { throw error }
      context.log.error("what came of message \(letter.id) is not known, its lease will end it: \(error)")
    }
  }

  private func verdict(on letter: Letter, _ context: Context) async throws -> CarrierVerdict {
    if letter.isSuppressed { return .refused(code: "suppressed") }
    if letter.channel == .push { return try await context.push(letter) }
    guard let address = letter.address else { return .refused(code: "no_address") }
    guard let carrier = Carrier.of(letter.channel, context) else { return .refused(code: "no_carrier") }
    return try await carrier.hand(letter, address)
  }
}
