private import Crypto
internal import FunctionKit
internal import HTTPServer
public import Manifest
private import Postgres
internal import Runtime

extension Gateway {
  /// Takes a third party's call: verified over the raw bytes, stored, and only then acknowledged. The function runs from
  /// what was stored, so a crash after the answer loses nothing. A repeat of the same delivery changes nothing, unless the
  /// first was given up on: then it is another try.
  func receive(_ route: WebhookRoute, _ request: Request, _ responder: Responder) {
    let requestID = RequestParts.requestID(request.headers) ?? services.newRequestID()
    Task(executorPreference: services.loop) {
      do {
        let reply = try await self.store(route, request, requestID)
        responder.respond(Response(reply, Mark(requestID: requestID)))
      } catch {
        let problem = self.refusal(error, requestID)
        self.services.log.host(
          problem.status < 500 ? .warning : .error,
          "\(route.bundle.name)/\(route.function.name) \(problem.status) \(problem.code) \(requestID): \(error)")
        responder.respond(self.response(to: request.head, problem, Mark(requestID: requestID)))
      }
    }
  }

  private func store(_ route: WebhookRoute, _ request: Request, _ requestID: String) async throws -> RawReply {
    try verify(route, request)
    let deliveryID = try deliveryID(route, request)
    let now = services.clock.now
    let id = ID(at: now, random: (.random(in: .min ... .max), .random(in: .min ... .max)))
    let source = route.manifest.verification.rawValue
    let isNew = try await Receipt(
      id: id, function: route.function.name, deliveryID: deliveryID, source: source, data: request.body
    ).store(in: route.bundle.requirePool(), now: now)
    if isNew { onReceipt(route.bundle) }
    services.log.host(
      .info, "\(route.bundle.name)/\(route.function.name) \(isNew ? "received" : "duplicate") \(requestID)")
    return RawReply(body: Array((isNew ? #"{"received":true}"# : #"{"received":true,"duplicate":true}"#).utf8))
  }

  /// - Throws: ``Problem`` 401, with nothing stored.
  private func verify(_ route: WebhookRoute, _ request: Request) throws {
    let scheme = route.manifest.verification
    guard let expected = services.environment.secrets[scheme.secretName] else {
      throw NotGranted("secret \(scheme.secretName) is not set, so no webhook of \(scheme.rawValue) can be verified")
    }
    guard let token = request.headers.firstBytes(scheme.tokenHeader),
      constantTimeEquals(Array(token), Array(expected.utf8))
    else { throw Problem.unauthenticated }
  }

  /// What the sender calls the delivery, else what the function makes of its body; the digest of a name that is too long.
  private func deliveryID(_ route: WebhookRoute, _ request: Request) throws -> String {
    let byBody = try parsed(route, request)
    let id = request.headers.first(route.manifest.verification.deliveryHeader) ?? byBody
    return id.utf8.count <= 200 ? id : hexString(sha256(Array(id.utf8)))
  }

  private func parsed(_ route: WebhookRoute, _ request: Request) throws -> String {
    guard case .webhook(let deliveryID, _) = route.function.invoke else {
      throw NotGranted("\(route.function.name) is no webhook function")
    }
    return try deliveryID(request.body)
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

extension WebhookVerification {
  /// The header that carries the shared token.
  fileprivate var tokenHeader: String {
    switch self {
    case .xendit: "x-callback-token"
    }
  }

  /// The header that names the delivery; it is the same on repeats.
  fileprivate var deliveryHeader: String {
    switch self {
    case .xendit: "webhook-id"
    }
  }

  /// The environment variable of the shared token.
  public var secretName: String {
    switch self {
    case .xendit: "XENDIT_CALLBACK_TOKEN"
    }
  }
}
