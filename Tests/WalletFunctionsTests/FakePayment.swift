import FunctionKit
import FunctionTesting
import Synchronization

/// The payment service as its callers know it: payouts and top-ups by key, its clearing balance, and its bad days.
final class FakePayment: Sendable {
  struct Made: Sendable {
    var id: ID
    var reference: String
    var status = "accepted"
    var retryAt: Instant?
    var body: JSON
    var key: String?
  }

  private struct Day {
    var payouts: [Made] = []
    var topUps: [Made] = []
    var cancelled: [String] = []
    var refusal: Problem?
    /// Answers that are lost after the service has acted.
    var losing = 0
    var clearing = 0
    var hasInvoices = true
  }

  private let day = Mutex(Day())

  var payouts: [Made] { day.withLock { $0.payouts } }
  var topUps: [Made] { day.withLock { $0.topUps } }
  var cancelled: [String] { day.withLock { $0.cancelled } }

  func refuse(with problem: Problem?) { day.withLock { $0.refusal = problem } }
  func loseAnswers(_ count: Int) { day.withLock { $0.losing = count } }
  /// Whether the provider can be reached.
  func haveInvoices(_ have: Bool) { day.withLock { $0.hasInvoices = have } }
  func setClearing(_ balance: Int) { day.withLock { $0.clearing = balance } }
  func end(_ status: String, retryAt: Instant? = nil) {
    day.withLock { day in
      for index in day.payouts.indices {
        (day.payouts[index].status, day.payouts[index].retryAt) = (status, retryAt)
      }
    }
  }

  func answer(_ call: ReceivedCall) throws -> JSON {
    try day.withLock { day in
      if let refusal = day.refusal { throw refusal }
      let answer = try Self.answer(call, &day)
      if day.losing > 0, call.method == "POST" {
        day.losing -= 1
        throw ServiceError("payment", 504, "function_timeout", "no answer came", mayHaveActed: true)
      }
      return answer
    }
  }

  private static func answer(_ call: ReceivedCall, _ day: inout Day) throws -> JSON {
    switch (call.method, call.path.split(separator: "/").map(String.init)) {
    case ("POST", ["internal", "payouts"]):
      return payout(made(call, "referenceId", &day.payouts))
    case ("GET", let path) where path.starts(with: ["internal", "payouts", "withdrawal"]):
      guard let found = day.payouts.first(where: { $0.reference == path.last }) else {
        throw Problem.notFound("payout")
      }
      return payout(found)
    case ("POST", ["internal", "topups"]):
      let made = made(call, "topupId", &day.topUps)
      return [
        "payment": ["id": .id(made.id), "feeAmount": 2_290, "expiresAt": "2030-01-01T00:00:00.000Z"],
        "invoice": day.hasInvoices ? ["url": .string("https://pay.test/\(made.id)")] : .null,
      ]
    case ("POST", let path) where path.first == "payments":
      day.cancelled.append(path[1])
      return [:]
    case ("GET", ["internal", "ledger", "clearing-wallet"]): return ["balance": .int(day.clearing)]
    default: throw Problem.notFound("route")
    }
  }

  /// What was asked for before is answered again.
  private static func made(_ call: ReceivedCall, _ field: String, _ known: inout [Made]) -> Made {
    let reference = call.body[field]?.string ?? ""
    if let found = known.first(where: { $0.reference == reference }) { return found }
    let made = Made(
      id: ID(at: Instant(seconds: 1_700_000_000), random: (.random(in: 0...99), .random(in: 0 ... .max))),
      reference: reference, body: call.body, key: call.key)
    known.append(made)
    return made
  }

  private static func payout(_ made: Made) -> JSON {
    ["id": .id(made.id), "status": .string(made.status), "retryAt": made.retryAt.map(JSON.time) ?? .null]
  }
}
