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
    var request = request
    let credentials = try context.secret("XENDIT_SECRET_KEY") + ":"
    request.headers.append((name: "authorization", value: "Basic " + base64(Array(credentials.utf8))))
    let start = ContinuousClock.now
    do {
      let response = try await context.http.send(request)
      let failure = GatewayFailure(response)
      try await log(action, request, response, failure?.code, since: start)
      if let failure { throw failure }
      return response
    } catch let error as UpstreamError {
      try await log(action, request, nil, "no_answer", since: start)
      throw GatewayFailure.unavailable(error.message)
    }
  }

  private func log(
    _ action: String, _ request: UpstreamRequest, _ response: UpstreamResponse?, _ errorCode: String?,
    since start: ContinuousClock.Instant
  ) async throws {
    let milliseconds = Int((ContinuousClock.now - start).microseconds / 1000)
    try await context.transaction { tx in
      try await tx.db.run(
        """
        insert into gateway_log (id, direction, action, invoice_id, refund_id, payout_id, method, url, request,
          response, response_status, duration_ms, error_code, created_at)
        values (\(context.newID()), 'out', \(action), \(invoice), \(refund), \(payout), \(request.method),
          \(request.path),
          \(loggable(request.body)), \(loggable(response?.body ?? [])), \(response?.status), \(milliseconds),
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

/// The same without names, addresses and accounts, however deep they are.
func withoutPersonalData(_ json: JSON) -> JSON {
  switch json {
  case .array(let items): return .array(items.map(withoutPersonalData))
  case .object(var object):
    for name in ["customer", "payer_email", "channel_properties"] { object[name] = nil }
    return .object(JSONObject(object.members.map { ($0.name, withoutPersonalData($0.value)) }))
  default: return json
  }
}
