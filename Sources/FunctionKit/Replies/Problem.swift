/// A refusal that the caller is meant to see (RFC 9457). Below 500 it is final: an event or a webhook that is refused so is
/// not tried again.
public struct Problem: Error, Sendable, Equatable {
  public var status: Int
  /// What a program branches on, in snake_case.
  public var code: String
  /// What a person reads: what happened, and what to do.
  public var detail: String
  /// The failing fields, when the input is at fault.
  public var details: [FieldError]
  /// After how many seconds it is worth another try, for `Retry-After`.
  public var retryAfter: Int?
  /// What a 401 says of the token that was sent, for `WWW-Authenticate` (RFC 6750).
  public var challenge: String?

  public init(
    _ status: Int, _ code: String, _ detail: String, details: [FieldError] = [], retryAfter: Int? = nil
  ) {
    self.status = status
    self.code = code
    self.detail = detail
    self.details = details
    self.retryAfter = retryAfter
  }
}

extension Problem {
  /// 404, for what does not exist and for what is not the caller's.
  public static func notFound(_ what: String) -> Problem {
    Problem(404, "not_found", "There is no such \(what), or it is not yours.")
  }

  /// 409, for a change that the state machine does not know.
  public static func invalidState(_ what: String, from: String, to: String) -> Problem {
    Problem(
      409, "invalid_state", "The \(what) is \(from) and can't become \(to).",
      details: [
        FieldError(field: "from", message: from, code: "state"), FieldError(field: "to", message: to, code: "state"),
      ])
  }

  /// 422 with every failing field.
  public static func validation(_ errors: [FieldError]) -> Problem {
    let fields = errors.map { $0.field.isEmpty ? $0.message : "\($0.field) \($0.message)" }.joined(separator: "; ")
    return Problem(422, "validation_failed", "The request is not valid: \(fields).", details: errors)
  }

  /// 422 for one field.
  public static func invalid(_ field: String, _ message: String, code: String = "invalid") -> Problem {
    validation([FieldError(field: field, message: message, code: code)])
  }

  /// 401, for a caller without the credentials that the route asks for.
  public static let unauthenticated = Problem(
    401, "unauthenticated", "This route needs valid credentials, and none were given or they are wrong.")
}
