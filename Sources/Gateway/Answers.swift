internal import FunctionKit
internal import HTTPServer
internal import Runtime

extension Gateway {
  static let noRoute = Problem(404, "not_found", "There is no such route on this port.")

  static func tooLarge(_ limit: Int) -> Problem {
    Problem(413, "body_too_large", "The body is larger than the \(limit) bytes that this route takes.")
  }

  func response(to head: RequestHead, _ problem: Problem, _ mark: Mark? = nil) -> Response {
    head.note.refusal = problem.code
    let mark = mark ?? Mark(requestID: RequestParts.requestID(head.headers) ?? services.newRequestID())
    return Response(RawReply(problem: problem, instance: head.path), mark)
  }

  func wrongMethod(_ head: RequestHead, _ allowed: [String]) -> Response {
    let list = allowed.joined(separator: ", ")
    var response = response(
      to: head, Problem(405, "method_not_allowed", "This route takes \(list)."))
    response.headers.append(("Allow", list))
    return response
  }
}

/// What a client finds its request again by.
struct Mark {
  let requestID: String
  /// Nil for what the host answers without a function.
  var trace: Trace?
}

extension Response {
  init(_ reply: RawReply, _ mark: Mark) {
    var headers: [(String, String)] = [("X-Request-Id", mark.requestID)]
    if let trace = mark.trace { headers.append(("traceparent", trace.description)) }
    if let type = reply.contentType { headers.append(("Content-Type", type)) }
    for header in reply.headers { headers.append((header.name, header.value)) }
    self.init(status: reply.status, headers: headers, body: .bytes(reply.body))
  }
}
