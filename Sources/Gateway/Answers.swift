internal import FunctionKit
internal import HTTPServer
internal import Runtime

extension Gateway {
  static let noRoute = Problem(404, "not_found", "There is no such route on this port.")

  static func tooLarge(_ limit: Int) -> Problem {
    Problem(413, "body_too_large", "The body is larger than the \(limit) bytes that this route takes.")
  }

  func response(to head: RequestHead, _ problem: Problem, requestID: String? = nil) -> Response {
    let id = requestID ?? RequestParts.requestID(head.headers) ?? newRequestID()
    return Response(RawReply(problem: problem, instance: head.path), requestID: id)
  }

  func wrongMethod(_ head: RequestHead, _ allowed: [String]) -> Response {
    let list = allowed.joined(separator: ", ")
    var response = response(
      to: head, Problem(405, "method_not_allowed", "This route takes \(list)."))
    response.headers.append(("Allow", list))
    return response
  }
}

extension Response {
  init(_ reply: RawReply, requestID: String) {
    var headers: [(String, String)] = [("X-Request-Id", requestID)]
    if let type = reply.contentType { headers.append(("Content-Type", type)) }
    for header in reply.headers { headers.append((header.name, header.value)) }
    self.init(status: reply.status, headers: headers, body: .bytes(reply.body))
  }
}
