private import Crypto
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime

extension Gateway {
  /// The request's `Idempotency-Key`, for the endpoints whose manifest knows one.
  /// - Throws: ``Problem`` 400 when it is required and missing, or not 1 to 255 printable characters.
  func idempotencyKey(_ route: EndpointRoute, _ caller: Caller, _ request: Request) throws(Problem) -> IdempotencyKey? {
    guard route.manifest.idempotency != .none else { return nil }
    guard let key = request.headers.firstBytes("idempotency-key") else {
      guard route.manifest.idempotency == .required else { return nil }
      throw Problem(
        400, "idempotency_key_required", "This route needs an Idempotency-Key header: a new UUID for each new request.",
        details: [FieldError(field: "Idempotency-Key", message: "is required", code: "required")])
    }
    guard (1...255).contains(key.count), key.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw Problem(
        400, "invalid_idempotency_key", "An Idempotency-Key has 1 to 255 printable ASCII characters.",
        details: [
          FieldError(field: "Idempotency-Key", message: "must have 1 to 255 printable characters", code: "invalid")
        ])
    }
    let described = Array("\(request.method) \(request.path)?\(request.head.query ?? "")\n".utf8) + request.body
    return IdempotencyKey(
      key: String(decoding: key, as: UTF8.self), caller: caller.userID?.description ?? "internal",
      fingerprint: hexString(sha256(described)))
  }
}
