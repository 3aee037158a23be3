/// What came of handing a message to a carrier.
enum CarrierVerdict: Sendable, Equatable {
  /// It will carry it; by this name its later words are recognised.
  case accepted(messageID: String?)
  /// It surely did not take it, and may later.
  case busy(CarrierTrouble)
  /// Nobody knows whether it took it.
  case unknown
  /// It never will.
  case refused(code: String)
}

/// A carrier's own trouble, in which the message has no part.
enum CarrierTrouble: String, Sendable, CaseIterable {
  case unreachable, unavailable
  case rateLimited = "rate_limited"
  case notConnected = "not_connected"
}

/// What is done with a message after an attempt.
enum AfterAttempt: Sendable, Equatable {
  case sent(messageID: String?)
  case again(in: Duration, code: String)
  case failed(code: String)

  /// The mark of an attempt of which nobody knows what came.
  static let unknown = "outcome_unknown"

  /// - Parameters:
  ///   - attempt: which one this was, from 1.
  ///   - unknowns: how many before this one ended nobody knows how.
  init(_ verdict: CarrierVerdict, attempt: Int, unknowns: Int, channel: Channel, random: UInt64) {
    switch verdict {
    case .accepted(let messageID): self = .sent(messageID: messageID)
    case .refused(let code): self = .failed(code: code)
    case .busy(let trouble): self = Self.later(trouble.rawValue, attempt, random)
    case .unknown where unknowns < channel.mostRepeats: self = Self.later(Self.unknown, attempt, random)
    case .unknown: self = .failed(code: Self.unknown)
    }
  }

  private static func later(_ code: String, _ attempt: Int, _ random: UInt64) -> AfterAttempt {
    Backoff.wait(after: attempt, random: random).map { .again(in: $0, code: code) } ?? .failed(code: code)
  }
}

extension Channel {
  /// How often a message may be sent again that may have arrived: a second text message costs money and trust.
  var mostRepeats: Int { self == .sms ? 0 : 1 }
}
