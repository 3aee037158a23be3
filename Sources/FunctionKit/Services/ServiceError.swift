/// What another service answered instead of a success, or why no answer came.
public struct ServiceError: Error, Sendable, Equatable {
  public let service: String
  /// The answer's; 503 when the service can't be reached, 504 when it did not answer in time, 508 for calls in a circle.
  public let status: Int
  /// The answer's, to branch on.
  public let code: String
  public let detail: String
  /// The failing fields, when the call's input is at fault.
  public let details: [FieldError]
  /// Whether the service may have done what it was asked all the same; false for a refusal, and when the call surely
  /// never arrived.
  public let mayHaveActed: Bool

  public init(
    _ service: String, _ status: Int, _ code: String, _ detail: String, details: [FieldError] = [], mayHaveActed: Bool
  ) {
    self.service = service
    self.status = status
    self.code = code
    self.detail = detail
    self.details = details
    self.mayHaveActed = mayHaveActed
  }

  /// Whether the service has understood and said no; everything else may be different in a moment.
  public var isRefusal: Bool { status < 500 }
}

extension ServiceError: CustomStringConvertible {
  public var description: String { "service \(service): \(status) \(code): \(detail)" }
}

extension ServiceError {
  private struct Body: Decodable {
    var code: String
    var detail: String
    var details: [FieldError]?
  }

  init(_ service: String, _ label: String, _ reply: RawReply) {
    guard let body = try? decodeJSON(Body.self, from: reply.body) else {
      self.init(
        service, reply.status, "unexpected_answer", "\(label) answered \(reply.status) without saying why.",
        mayHaveActed: reply.status >= 500)
      return
    }
    self.init(
      service, reply.status, body.code, body.detail, details: body.details ?? [], mayHaveActed: reply.status >= 500)
  }
}
