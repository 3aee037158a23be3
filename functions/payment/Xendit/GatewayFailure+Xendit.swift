import FunctionKit

extension GatewayFailure {
  private struct Body: Decodable {
    var errorCode: String?
    var message: String?

    enum CodingKeys: String, CodingKey {
      case message
      case errorCode = "error_code"
    }
  }

  /// Nil for success. Only a 4xx about the request itself is final: a wrong key, a limit, or a fault on the other side
  /// says nothing about the invoice.
  init?(_ response: UpstreamResponse) {
    guard !(200..<300).contains(response.status) else { return nil }
    let body = try? response.decode(Body.self)
    let code = body?.errorCode ?? "HTTP_\(response.status)"
    let isAboutRequest = (400..<500).contains(response.status) && ![401, 403, 408, 429].contains(response.status)
    let isFinal = (isAboutRequest && !Self.passing.contains(code)) || Self.final.contains(code)
    self =
      isFinal
      ? .refused(code: code, message: body?.message ?? "no reason was given")
      : .unavailable("\(code): \(body?.message ?? "no reason was given")")
  }

  /// What comes as a fault of the request and passes by itself.
  private static let passing: Set<String> = ["TEMPORARILY_UNAVAILABLE", "REFUND_IN_PROGRESS"]
  /// What comes with several statuses and is always meant for good.
  private static let final: Set<String> = ["REFUND_NOT_SUPPORTED", "PARTIAL_REFUND_NOT_SUPPORTED"]

  var code: String {
    switch self {
    case .unavailable: "unavailable"
    case .refused(let code, _): String(code.prefix(100))
    }
  }
}
