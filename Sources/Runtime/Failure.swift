internal import EventLoop
public import FunctionKit
internal import Manifest

/// What becomes of an error that a function did not mean as an answer.
public enum Failure {
  /// The answer to the caller: a refusal as it is, everything else opaque.
  public static func problem(for error: any Error, of invocation: Invocation) -> Problem {
    if invocation.isExpired { return timeout(of: invocation) }
    if invocation.state.value.isAbandoned { return clientGone }
    if let problem = error as? Problem { return problem }
    if let crash = error as? FunctionCrashed { return crash.problem }
    if (error as? DatabaseError)?.isCancelled == true { return timeout(of: invocation) }
    if let error = error as? DatabaseError {
      if error.sqlState == "53300" { return overloaded(retryAfter: 1) }
      if error.isUnavailable || error.isTransient {
        return Problem(
          503, "database_unavailable", "The service can't use its database right now. Try again in a moment.")
      }
      // In a text, or in one within jsonb.
      if ["22021", "22P05"].contains(error.sqlState) {
        return Problem(400, "invalid_text", "The request has a text with a zero byte, which can't be stored.")
      }
    }
    if let error = error as? ServiceError, !error.isRefusal { return problem(for: error) }
    if error is CancellationError {
      return Problem(503, "shutting_down", "The host is stopping. Try again in a moment.")
    }
    return Problem(
      500, "internal_error", "The function failed. The log tells why under request id \(invocation.requestID).")
  }

  /// A call that failed is no failure of this function, which can't do without it.
  private static func problem(for error: ServiceError) -> Problem {
    guard error.status != 508 else { return Problem(508, error.code, error.detail) }
    return Problem(
      503, "service_unavailable", "The \(error.service) service can't do its part right now. Try again in a moment.")
  }

  public static func timeout(of invocation: Invocation) -> Problem {
    Problem(
      504, "function_timeout",
      "\(invocation.function.name) did not finish within \(invocation.limit) ms.")
  }

  static func overloaded(retryAfter seconds: Int) -> Problem {
    Problem(
      503, "overloaded", "The service has more to do than it can. Try again in \(seconds) s.", retryAfter: seconds)
  }

  /// Seen by a client that has only closed its own side; one that is gone sees nothing.
  static let clientGone = Problem(
    499, "client_gone", "The client closed its side of the connection before the answer, so the work was dropped.")

  /// The cause for the log; nil for a refusal, which is no failure.
  public static func cause(_ error: any Error) -> String? {
    switch error {
    case let problem as Problem: problem.status >= 500 ? problem.detail : nil
    case let error as DatabaseError: "\(error.message) (SQLSTATE \(error.sqlState))"
    case let error as UpstreamError: error.message
    default: "\(error)"
    }
  }

  /// A text that a column takes whatever it holds: without zero bytes, which PostgreSQL refuses, and not too long.
  /// - Parameter limit: in Unicode scalars.
  public static func storable(_ text: String, limit: Int = 1000) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.lazy.filter { $0 != "\0" }.prefix(limit))
    return String(scalars)
  }
}

extension RawReply {
  /// RFC 9457 with the fields that every client of this platform knows.
  public init(problem: Problem, instance: String?) {
    let body = ProblemBody(
      title: RawReply.title(problem.status), status: problem.status, detail: problem.detail, instance: instance,
      code: problem.code, error: problem.detail, details: problem.details)
    self.init(
      status: problem.status, headers: RawReply.headers(problem), contentType: "application/problem+json",
      body: (try? encodeJSON(body)) ?? [])
  }

  private static func headers(_ problem: Problem) -> [(name: String, value: String)] {
    if problem.status == 401 {
      return [(name: "www-authenticate", value: problem.challenge.map { "Bearer \($0)" } ?? "Bearer")]
    }
    let seconds = problem.retryAfter ?? (problem.status == 503 ? 1 : nil)
    return seconds.map { [(name: "retry-after", value: "\(max(1, $0))")] } ?? []
  }

  private struct ProblemBody: Encodable {
    var type = "about:blank"
    var title: String
    var status: Int
    var detail: String
    var instance: String?
    var code: String
    var success = false
    var error: String
    var details: [FieldError]
  }

  private static func title(_ status: Int) -> String {
    switch status {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 422: "Unprocessable Content"
    case 428: "Precondition Required"
    case 429: "Too Many Requests"
    case 499: "Client Closed Request"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 508: "Loop Detected"
    default: status < 500 ? "Request Refused" : "Internal Server Error"
    }
  }
}
