import FunctionKit
import Synchronization

/// The provider's payouts as a test plays them: it pays once for a key, and misbehaves when told to.
final class FakeBank: Sendable {
  private struct State {
    var mood = FakeXendit.Mood.well
    var payouts: [[String: JSON]] = []
    var keys: Set<String> = []
    var calls = 0
  }

  private let state = Mutex(State())

  var payouts: [[String: JSON]] { state.withLock { $0.payouts } }
  var calls: Int { state.withLock { $0.calls } }

  func become(_ mood: FakeXendit.Mood) { state.withLock { $0.mood = mood } }

  /// Changes what is known of the latest payout.
  func change(_ changes: [String: JSON]) {
    state.withLock { state in state.payouts[state.payouts.count - 1].merge(changes) { $1 } }
  }

  func answer(_ request: UpstreamRequest) throws -> UpstreamResponse {
    try state.withLock { state in
      state.calls += 1
      switch state.mood {
      case .down: throw UpstreamError(message: "connection refused", mayHaveArrived: false)
      case .refuses(let code) where request.method == "POST":
        return Self.json(["error_code": .string(code), "message": "no"], status: 400)
      case .well, .refuses: return try Self.serve(request, &state)
      case .losesAnswers:
        if request.method == "POST" { _ = try Self.serve(request, &state) }
        throw UpstreamError(message: "timed out", mayHaveArrived: true)
      }
    }
  }

  private static func serve(_ request: UpstreamRequest, _ state: inout State) throws -> UpstreamResponse {
    guard request.method == "POST" else {
      let wanted = request.path.split(separator: "=").last.map(String.init)
      let found = state.payouts.filter { $0["reference_id"]?.string == wanted }
      return json(["data": .array(found.map(object)), "has_more": false])
    }
    let key = request.headers.first { $0.name == "idempotency-key" }?.value ?? ""
    guard state.keys.insert(key).inserted else { return json(["error_code": "DUPLICATE_ERROR"], status: 409) }
    let members = try JSON.parse(request.body).object?.members ?? []
    var payout = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
    payout.merge(["id": .string("disb-\(state.payouts.count + 1)"), "status": "ACCEPTED"]) { $1 }
    state.payouts.append(payout)
    return json(object(payout))
  }

  private static func object(_ members: [String: JSON]) -> JSON {
    .object(JSONObject(members.map { ($0.key, $0.value) }))
  }

  private static func json(_ value: JSON, status: Int = 200) -> UpstreamResponse {
    UpstreamResponse(status: status, headers: [], body: value.serialized())
  }
}
