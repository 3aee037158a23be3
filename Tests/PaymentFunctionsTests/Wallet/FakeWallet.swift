import FunctionKit
import FunctionTesting
import Synchronization

/// The wallet service as payments know it: one buyer's balance, holds by payment, and its bad days.
final class FakeWallet: Sendable {
  struct Hold: Sendable {
    var id: ID
    var payment: String
    var amount: Int
    var status = "active"
    var order: JSON
    var key: String?
  }

  private struct Day {
    var balance = 0
    var holds: [Hold] = []
    var calls: [String] = []
    var isDown = false
    var refusal: Problem?
    /// Answers that are lost after the service has acted.
    var losing = 0
  }

  private let day = Mutex(Day())

  /// What is free; rupiah.
  var balance: Int { day.withLock { $0.balance } }
  var holds: [Hold] { day.withLock { $0.holds } }
  var calls: [String] { day.withLock { $0.calls } }
  var taken: Int { holds.filter { $0.status == "captured" }.map(\.amount).reduce(0, +) }

  func put(_ amount: Int) { day.withLock { $0.balance += amount } }
  func beDown(_ isDown: Bool) { day.withLock { $0.isDown = isDown } }
  func refuse(with problem: Problem?) { day.withLock { $0.refusal = problem } }
  func loseAnswers(_ count: Int) { day.withLock { $0.losing = count } }

  /// Ends all holds, as its own job does once their time is over.
  func expireHolds() {
    day.withLock { day in
      for index in day.holds.indices where day.holds[index].status == "active" {
        day.holds[index].status = "expired"
        day.balance += day.holds[index].amount
      }
    }
  }

  func answer(_ call: ReceivedCall) throws -> JSON {
    try day.withLock { day in
      day.calls.append("\(call.method) \(call.path.split(separator: "/").last ?? "")")
      if day.isDown { throw ServiceError("wallet", 503, "service_unreachable", "nobody there", mayHaveActed: false) }
      if let refusal = day.refusal { throw refusal }
      let answer = try Self.answer(call, &day)
      if day.losing > 0 {
        day.losing -= 1
        throw ServiceError("wallet", 504, "function_timeout", "no answer came", mayHaveActed: true)
      }
      return answer
    }
  }

  private static func answer(_ call: ReceivedCall, _ day: inout Day) throws -> JSON {
    switch (call.method, call.path.split(separator: "/").map(String.init)) {
    case ("POST", ["internal", "holds"]): return json(try make(call, &day))
    case ("GET", let path) where path.starts(with: ["internal", "holds", "payment"]):
      guard let hold = day.holds.last(where: { $0.payment == path[3] }) else { throw Problem.notFound("hold") }
      return json(hold)
    case ("POST", let path) where path.starts(with: ["internal", "holds"]) && path.count == 4:
      guard let index = day.holds.firstIndex(where: { "\($0.id)" == path[2] }) else { throw Problem.notFound("hold") }
      try end(&day.holds[index], path[3] == "capture" ? "captured" : "released", &day.balance)
      return ["hold": json(day.holds[index])]
    default: throw Problem.notFound("route")
    }
  }

  private static func make(_ call: ReceivedCall, _ day: inout Day) throws -> Hold {
    let payment = call.body["referenceId"]?.string ?? ""
    let amount = call.body["amount"]?.int ?? 0
    if let known = day.holds.last(where: { $0.payment == payment && ["active", "captured"].contains($0.status) }) {
      return known
    }
    guard amount <= day.balance else { throw Problem(422, "insufficient_balance", "The wallet does not have that.") }
    day.balance -= amount
    let id = ID(at: Instant(seconds: 1_700_000_000), random: (.random(in: 0...99), .random(in: 0 ... .max)))
    let hold = Hold(id: id, payment: payment, amount: amount, order: call.body, key: call.key)
    day.holds.append(hold)
    return hold
  }

  private static func end(_ hold: inout Hold, _ status: String, _ balance: inout Int) throws {
    if hold.status == status || (status == "released" && hold.status == "expired") { return }
    guard hold.status == "active" else { throw Problem(409, "hold_closed", "The hold is \(hold.status) already.") }
    hold.status = status
    if status == "released" { balance += hold.amount }
  }

  private static func json(_ hold: Hold) -> JSON {
    ["id": .string(hold.id.description), "status": .string(hold.status)]
  }
}
