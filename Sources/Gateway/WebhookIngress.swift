internal import FunctionKit
internal import HTTPServer
private import Manifest
private import Postgres
internal import Runtime

extension Gateway {
  /// Takes a third party's call: verified over the raw bytes, stored, and only then acknowledged. The function runs from
  /// what was stored, so a crash after the answer loses nothing.
  func receive(_ route: WebhookRoute, _ request: Request, _ responder: Responder) {
    let requestID = RequestParts.requestID(request.headers) ?? services.newRequestID()
    Task(executorPreference: services.loop) {
      do {
        let (outcome, reply) = try await self.take(route, request)
        self.services.log.host(.info, "\(route.name) \(outcome) \(requestID)")
        responder.respond(Response(reply, Mark(requestID: requestID)))
      } catch {
        if error as? Problem == .unauthenticated { self.countForgery(route.limits, request.head) }
        let problem = self.refusal(error, requestID)
        self.services.log.host(
          problem.status < 500 ? .warning : .error,
          "\(route.name) \(problem.status) \(problem.code) \(requestID): \(error)")
        responder.respond(self.response(to: request.head, problem, Mark(requestID: requestID)))
      }
    }
  }

  private func take(_ route: WebhookRoute, _ request: Request) async throws -> (outcome: String, RawReply) {
    if route.isUnsignedInstallCheck(request) { return InstallCheck.passed }
    let header = request.headers.onlyBytes
    try verifier(of: route, request.head).verify(header, request.body, at: services.clock.now)
    if route.isInstallCheck(request) { return InstallCheck.passed }
    let isForm = route.manifest.verification.proof.isOfForm
    let body = isForm ? try FormBody(request.body).json() : request.body
    let name = DeliveryName(source: route.manifest.deliveryID, ofFunction: try route.deliveryID(body))
    let isNew = try await store(route, request.head, body, deliveryID: name.text(header, body))
    guard isNew else {
      return ("duplicate", RawReply(body: Array(#"{"received":true,"duplicate":true}"#.utf8)))
    }
    onReceipt(route.bundle)
    return ("received", RawReply(body: Array(#"{"received":true}"#.utf8)))
  }

  private func verifier(of route: WebhookRoute, _ head: RequestHead) throws -> WebhookVerifier {
    let verification = route.manifest.verification
    let secrets = [verification.secret, verification.previousSecret].compactMap { services.environment.secrets[$0] }
      .filter { !$0.isEmpty }
    guard !secrets.isEmpty else {
      throw NotGranted("secret \(verification.secret) is not set, so nothing sent to \(route.name) can be verified")
    }
    return WebhookVerifier(proof: verification.proof, secrets: secrets, address: head.host + head.target)
  }

  private func store(
    _ route: WebhookRoute, _ head: RequestHead, _ body: [UInt8], deliveryID: String
  ) async throws -> Bool {
    let now = services.clock.now
    let receipt = Receipt(
      id: ID(at: now, random: (.random(in: .min ... .max), .random(in: .min ... .max))), function: route.function.name,
      deliveryID: deliveryID, trace: storedTrace(of: head), source: route.manifest.verification.scheme.rawValue,
      data: body)
    return try await receipt.store(in: route.bundle.requirePool(), now: now)
  }

  private func refusal(_ error: any Error, _ requestID: String) -> Problem {
    switch error {
    case let problem as Problem: problem
    case let error as JSONSyntaxError:
      Problem(
        400, "invalid_json",
        "The body is not valid JSON: \(error.message) at line \(error.line), column \(error.column).")
    case let failure as ValidationFailure: Problem.validation(failure.errors)
    case let error as DatabaseError where error.isUnavailable:
      Problem(503, "database_unavailable", "The delivery can't be stored right now. Send it again.")
    default:
      Problem(
        500, "internal_error", "The delivery could not be stored. The log tells why under request id \(requestID).")
    }
  }
}

extension WebhookRoute {
  fileprivate var name: String { "\(bundle.name)/\(function.name)" }

  /// What the function makes of the body.
  fileprivate func deliveryID(_ body: [UInt8]) throws -> String {
    guard case .webhook(let deliveryID, _) = function.invoke else {
      throw NotGranted("\(function.name) is no webhook function")
    }
    return try deliveryID(body)
  }
}
