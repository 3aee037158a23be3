internal import EventLoop
public import FunctionKit
internal import Manifest

extension Invocation {
  /// Calls another service: as often as the request allows, and never past the deadline.
  public func call(_ request: ServiceRequest) async throws -> RawReply {
    try checkGrant(request)
    try checkTransaction(request)
    try checkDepth(request)
    state.value.calls.append(request.label)
    defer { ended(request) }
    return try await makeCall(request, try exchange(request))
  }

  private func makeCall(_ request: ServiceRequest, _ exchange: ServiceExchange) async throws -> RawReply {
    var attempt = 1
    while true {
      let result = await outcome(of: exchange)
      try checkTransaction(request)
      let pause = ServiceRetry.pause(after: result, attempt: attempt, of: request, chance: .random(in: 0...1))
      guard let pause, pause < remaining else { return try result.get() }
      try await services.loop.sleep(for: pause)
      attempt += 1
    }
  }

  private func ended(_ request: ServiceRequest) {
    if let index = state.value.calls.firstIndex(of: request.label) { state.value.calls.remove(at: index) }
  }

  private func outcome(of exchange: ServiceExchange) async -> Result<RawReply, any Error> {
    var exchange = exchange
    exchange.timeout = max(.milliseconds(1), min(exchange.timeout, remaining))
    exchange.headers.append((HopHeader.deadline, "\(exchange.timeout.milliseconds)"))
    let span = outgoing("\(exchange.method) \(exchange.service)")
    exchange.headers += (span?.trace ?? trace).headers
    let result: Result<RawReply, any Error>
    do { result = .success(try await services.directory.send(exchange)) } catch { result = .failure(error) }
    span?.end(exchange, result)
    return result
  }

  private func checkGrant(_ request: ServiceRequest) throws {
    guard !isRehearsal else {
      throw NotGranted("\(function.name) called \(request.label), which a rehearsal must not")
    }
    guard bundle.manifest.needs.services.contains(request.service) else {
      throw NotGranted(
        "\(bundle.name) calls service \(request.service), which its manifest does not list; "
          + "add 'services: [\(request.service)]' under needs")
    }
  }

  private func checkTransaction(_ request: ServiceRequest) throws {
    if isInTransaction { throw holdingTransaction(request) }
  }

  private func holdingTransaction(_ request: ServiceRequest) -> NotGranted {
    let remedy =
      function.usesOwnTransactions
      ? "call before or after context.transaction"
      : "say 'transaction: none' in its manifest, and call before or after context.transaction"
    return NotGranted(
      "\(function.name) called \(request.label) inside a transaction, which would stay open while the other service "
        + "works; \(remedy)")
  }

  func besideCall(_ label: String) -> NotGranted {
    NotGranted(
      "\(function.name) began context.transaction while its call of \(label) is under way, and it would stay open while "
        + "the other service works; await the call, then begin context.transaction")
  }

  private func checkDepth(_ request: ServiceRequest) throws {
    guard hop.depth >= Hop.maximumDepth else { return }
    throw ServiceError(
      request.service, 508, "loop_detected",
      "\(request.label) would be call number \(hop.depth + 1) in one chain; the services call each other in a circle.",
      mayHaveActed: false)
  }

  private func exchange(_ request: ServiceRequest) throws -> ServiceExchange {
    ServiceExchange(
      service: request.service, method: request.method.rawValue, target: request.target, headers: try headers(request),
      body: request.body ?? [], timeout: request.timeout ?? remaining)
  }

  private func headers(_ request: ServiceRequest) throws -> [(String, String)] {
    var headers = [
      ("x-internal-api-key", try hostSecret("INTERNAL_API_KEY")), ("x-request-id", requestID),
      (HopHeader.depth, "\(hop.depth + 1)"),
    ]
    if request.body != nil { headers.append(("content-type", "application/json")) }
    if let key = request.key { headers.append(("idempotency-key", try ServiceRetry.checked(key, request))) }
    if let user = request.user?.userID {
      headers += [("x-gateway-key", try hostSecret("GATEWAY_SECRET_KEY")), ("x-user-id", user.description)]
      let roles = request.user?.roles.map(\.rawValue).sorted() ?? []
      if !roles.isEmpty { headers.append(("x-user-role", roles.joined(separator: ","))) }
      if let session = request.user?.sessionID { headers.append(("x-session-id", session)) }
      if let seller = request.user?.sellerID { headers.append(("x-user-seller-id", seller.description)) }
    }
    return headers
  }

  private func hostSecret(_ name: String) throws -> String {
    guard let secret = services.environment.secrets[name] else {
      throw NotGranted("services can't be called without the secret \(name); set the environment variable \(name)")
    }
    return secret
  }
}
