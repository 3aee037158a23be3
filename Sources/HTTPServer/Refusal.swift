/// An error that the server itself answers with, as problem details that say what to do about it.
struct Refusal: Error {
  let status: Int
  let code: StaticString
  let detail: StaticString

  static func badRequest(_ detail: StaticString) -> Refusal {
    Refusal(status: 400, code: "bad_request", detail: detail)
  }
  static func notImplemented(_ detail: StaticString) -> Refusal {
    Refusal(status: 501, code: "not_implemented", detail: detail)
  }

  static let headTimeout = Refusal(
    status: 408, code: "request_timeout", detail: "The request head did not arrive in time. Send it again, faster.")
  static let bodyTimeout = Refusal(
    status: 408, code: "request_timeout", detail: "The request body did not arrive in time. Send it again, faster.")
  static let bodyTooLarge = Refusal(
    status: 413, code: "body_too_large", detail: "The request body is larger than this route accepts. Send less.")
  static let uriTooLong = Refusal(
    status: 414, code: "uri_too_long",
    detail: "The request line is too long. Shorten the path or query, or send the data in a body.")
  static let headersTooLarge = Refusal(
    status: 431, code: "headers_too_large",
    detail: "The request has too many or too long headers. Send fewer bytes of them.")
  static let version = Refusal(
    status: 505, code: "http_version_not_supported", detail: "Only HTTP/1.0 and HTTP/1.1 are spoken here. Use HTTP/1.1."
  )
  static let expectation = Refusal(
    status: 417, code: "expectation_failed",
    detail: "The only expectation understood is 100-continue. Leave the header out.")
  static let overloaded = Refusal(
    status: 503, code: "overloaded", detail: "Too many connections are open. Try again in a few seconds.")
  static let internalError = Refusal(
    status: 500, code: "internal_error", detail: "The server failed to answer this request. Try again later.")

  var response: Response {
    Response(status: status, headers: [("Content-Type", "application/problem+json")], body: .bytes(Array(problem.utf8)))
  }

  /// The details are the server's own words: there is nothing in them to escape.
  private var problem: String {
    """
    {"type":"about:blank","title":"\(Status.reason(status))","status":\(status),"detail":"\(detail)","instance":null,\
    "code":"\(code)","success":false,"error":"\(detail)","details":[]}
    """
  }
}
