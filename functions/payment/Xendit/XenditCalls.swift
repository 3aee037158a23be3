import FunctionKit

/// Sends requests to the provider, with credentials, and keeps what was said.
struct XenditCalls: Sendable {
  let context: Context
  /// What the calls are about; one of them.
  var invoice: ID?
  var refund: ID?
  var payout: ID?

  /// - Throws: ``GatewayFailure`` for everything but success.
  func send(_ action: String, _ request: UpstreamRequest) async throws -> UpstreamResponse {
    let response = try await exchange(action, request)
    if let failure = GatewayFailure(response) { throw failure }
    return response
  }

  /// - Parameter keepsAnswer: whether the answer is worth keeping, and not only that it came.
  /// - Returns: an answer of any status.
  /// - Throws: ``GatewayFailure/unavailable(_:)`` when none came.
  func exchange(
    _ action: String, _ request: UpstreamRequest, keepsAnswer: Bool = true
  ) async throws -> UpstreamResponse {
    var request = request
    let credentials = try context.secret("XENDIT_SECRET_KEY") + ":"
    request.headers.append((name: "authorization", value: "Basic " + base64Encode(Array(credentials.utf8))))
    let start = ContinuousClock.now
    do {
      let response = try await context.http.send(request)
      let failure = GatewayFailure(response)
      let isKept = keepsAnswer || failure != nil
      try await log(action, request, response, isKept ? response.body : [], failure?.code, since: start)
      return response
    } catch let error as UpstreamError {
      try await log(action, request, nil, [], "no_answer", since: start)
      throw GatewayFailure.unavailable(error.message)
    }
  }

  private func log(
    _ action: String, _ request: UpstreamRequest, _ response: UpstreamResponse?, _ answer: [UInt8],
    _ errorCode: String?, since start: ContinuousClock.Instant
  ) async throws {
    let milliseconds = Int((ContinuousClock.now - start).microseconds / 1000)
    try await context.transaction { tx in
      try await tx.db.run(
        """
        insert into gateway_log (id, direction, action, invoice_id, refund_id, payout_id, method, url, request,
          response, response_status, duration_ms, error_code, created_at)
        values (\(context.newID()), 'out', \(action), \(invoice), \(refund), \(payout), \(request.method),
          \(String(request.path.prefix(500))), \(loggable(request.body)), \(loggable(answer)), \(response?.status), \(milliseconds),
          \(errorCode), \(context.now))
        """)
    }
  }
}

/// A body without names, addresses and accounts; nil for one that is no JSON.
func loggable(_ body: [UInt8]) -> JSON? {
  guard let json = try? JSON.parse(body) else { return nil }
  return withoutPersonalData(json)
}

/// What says who somebody is, or lets one pay or be paid in their place.
private let personalFields = [
  "customer", "payer_email", "channel_properties", "account_number", "account_holder_name", "account_identifier",
  "payment_destination", "bank_account_number", "card_number", "masked_card_number", "cvn", "card_token", "token",
  "credit_card_token", "gateway_token", "authentication_id", "phone_number", "mobile_number", "callback_token",
]

/// The same without names, addresses, accounts and cards, however deep they are.
func withoutPersonalData(_ json: JSON) -> JSON {
  switch json {
  case .array(let items): return .array(items.map(withoutPersonalData))
  case .object(var object):
    for name in personalFields { object[name] = nil }
    return .object(JSONObject(object.members.map { ($0.name, withoutPersonalData($0.value)) }))
  default: return json
  }
}
