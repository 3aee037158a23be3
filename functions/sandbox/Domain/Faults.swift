import FunctionKit

/// How the provider misbehaves, as it was told to: rates per thousand, and what goes with them.
struct Faults: Codable, Sendable, Equatable {
  var seed: Int
  var timeoutBefore: Int
  var timeoutAfter: Int
  var serverError: Int
  var rateLimited: Int
  var webhookLate: Int
  var webhookDuplicate: Int
  var webhookDisordered: Int
  var webhookLost: Int
  /// For how long a call that is to time out gets no answer.
  var stallSeconds: Int
  var lateSeconds: Int
  var realRetries: Bool
  var refundFailure: String?
  var openingBalance: Int

  static let columns: SQL = """
    seed, timeout_before, timeout_after, server_error, rate_limited, webhook_late, webhook_duplicate,
    webhook_disordered, webhook_lost, stall_seconds, late_seconds, real_retries, refund_failure, opening_balance
    """

  /// What happens to one call.
  enum Call: Sendable { case timeoutBefore, timeoutAfter, serverError, rateLimited }

  /// What happens to one webhook.
  enum Webhook: Sendable { case late, duplicate, disordered, lost }

  var callRates: [(Call, Int)] {
    [
      (.timeoutBefore, timeoutBefore), (.timeoutAfter, timeoutAfter), (.serverError, serverError),
      (.rateLimited, rateLimited),
    ]
  }

  var webhookRates: [(Webhook, Int)] {
    [
      (.late, webhookLate), (.duplicate, webhookDuplicate), (.disordered, webhookDisordered), (.lost, webhookLost),
    ]
  }

  /// The fault that a number from 0 to 999 falls on; nil when it falls on none.
  static func fallsOn<Fault>(_ number: Int, _ rates: [(Fault, Int)]) -> Fault? {
    var end = 0
    for (fault, rate) in rates {
      end += rate
      if number < end { return fault }
    }
    return nil
  }

  /// The `index`th number of a seed, 0 to 999: the same faults for the same seed and the same calls.
  static func number(seed: Int, _ index: Int) -> Int {
    var state = UInt64(bitPattern: Int64(seed)) &+ UInt64(bitPattern: Int64(index)) &* 0x9E37_79B9_7F4A_7C15
    state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((state ^ state >> 31) % 1000)
  }
}
