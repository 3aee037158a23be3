import FunctionKit
import Synchronization

/// The provider as a test plays it: it keeps invoices and refunds, and misbehaves when told to.
final class FakeXendit: Sendable {
  enum Mood: Sendable {
    case well
    /// Does what it is asked, and its answer is lost.
    case losesAnswers
    /// Can't be reached at all.
    case down
    case refuses(code: String)
  }

  private struct State {
    var mood = Mood.well
    var invoices: [[String: JSON]] = []
    var refunds: [[String: JSON]] = []
    var refundsBecome = "SUCCEEDED"
    var calls: [String] = []
  }

  private let state = Mutex(State())

  var calls: [String] { state.withLock { $0.calls } }
  var invoices: [[String: JSON]] { state.withLock { $0.invoices } }

  var refunds: [[String: JSON]] { state.withLock { $0.refunds } }

  /// What becomes of a refund as soon as it is asked for.
  func letRefundsBecome(_ status: String) { state.withLock { $0.refundsBecome = status } }

  /// Ends the latest refund.
  func endRefund(_ status: String) {
    state.withLock { state in
      guard let last = state.refunds.indices.last else { return }
      state.refunds[last]["status"] = .string(status)
    }
  }

  func become(_ mood: Mood) { state.withLock { $0.mood = mood } }

  /// Changes what is known of the latest invoice.
  func change(_ changes: [String: JSON]) {
    state.withLock { state in
      guard let last = state.invoices.indices.last else { return }
      state.invoices[last].merge(changes) { $1 }
    }
  }

  func answer(_ request: UpstreamRequest) throws -> UpstreamResponse {
    try state.withLock { state in
      state.calls.append("\(request.method) \(request.path.split(separator: "?")[0])")
      switch state.mood {
      case .down: throw UpstreamError(message: "connection refused", mayHaveArrived: false)
      case .refuses(let code): return Self.json(["error_code": .string(code), "message": "no"], status: 400)
      case .well: return try Self.serve(request, &state)
      case .losesAnswers:
        if request.method == "GET" { throw UpstreamError(message: "timed out", mayHaveArrived: true) }
        _ = try Self.serve(request, &state)
        throw UpstreamError(message: "timed out", mayHaveArrived: true)
      }
    }
  }

  private static func serve(_ request: UpstreamRequest, _ state: inout State) throws -> UpstreamResponse {
    if request.path.hasPrefix("/refunds") { return try serveRefund(request, &state) }
    if request.method == "POST", request.path == "/v2/invoices" {
      let id = "69681f3a9b7c4d00118e52\(10 + state.invoices.count)"
      let members = try JSON.parse(request.body).object?.members ?? []
      var invoice = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
      invoice.merge(["id": .string(id), "status": "PENDING", "invoice_url": .string("https://pay.test/\(id)")]) { $1 }
      state.invoices.append(invoice)
      return json(object(invoice))
    }
    if request.path.hasPrefix("/v2/invoices?") {
      let wanted = request.path.split(separator: "=").last.map(String.init)
      return json(.array(state.invoices.filter { $0["external_id"]?.string == wanted }.map(object)))
    }
    guard let index = state.invoices.firstIndex(where: { request.path.contains($0["id"]?.string ?? "?") }) else {
      return json(["error_code": "INVOICE_NOT_FOUND_ERROR"], status: 404)
    }
    if request.path.hasSuffix("/expire!") {
      guard state.invoices[index]["status"] == "PENDING" else {
        return json(["error_code": "INVOICE_NOT_FOUND_ERROR"], status: 404)
      }
      state.invoices[index]["status"] = "EXPIRED"
    }
    return json(object(state.invoices[index]))
  }

  private static func serveRefund(_ request: UpstreamRequest, _ state: inout State) throws -> UpstreamResponse {
    if request.method == "POST" { return try refund(request, &state) }
    if request.path.hasPrefix("/refunds?") {
      let found = state.refunds.filter { request.path.contains("invoice_id=\($0["invoice_id"]?.string ?? "?")") }
      return json(["data": .array(found.map(object)), "has_more": false])
    }
    let found = state.refunds.first { request.path == "/refunds/\($0["id"]?.string ?? "?")" }
    return found.map { json(object($0)) } ?? json(["error_code": "DATA_NOT_FOUND"], status: 404)
  }

  /// The same refund for the same key.
  private static func refund(_ request: UpstreamRequest, _ state: inout State) throws -> UpstreamResponse {
    let key = request.headers.first { $0.name == "idempotency-key" }?.value
    if let known = state.refunds.first(where: { $0["reference_id"]?.string == key }) { return json(object(known)) }
    let members = try JSON.parse(request.body).object?.members ?? []
    var refund = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
    let id = "rfd-\(state.refunds.count + 1)"
    refund.merge(["id": .string(id), "status": .string(state.refundsBecome)]) { $1 }
    state.refunds.append(refund)
    return json(object(refund))
  }

  private static func object(_ members: [String: JSON]) -> JSON {
    .object(JSONObject(members.map { ($0.key, $0.value) }))
  }

  private static func json(_ value: JSON, status: Int = 200) -> UpstreamResponse {
    UpstreamResponse(status: status, headers: [], body: value.serialized())
  }
}
