internal import FunctionKit
internal import HTTPServer
internal import Manifest

extension Gateway {
  /// - Throws: ``Problem`` 428 when the manifest requires `If-Match` and there is none; the function compares it.
  func requirePrecondition(_ route: EndpointRoute, _ request: Request) throws(Problem) {
    guard route.manifest.ifMatch == .required, request.headers.firstBytes("if-match") == nil else { return }
    throw Problem(
      428, "precondition_required",
      "This route changes a version that the client has seen: read it first, and send its ETag as If-Match.",
      details: [FieldError(field: "If-Match", message: "is required", code: "required")])
  }
}

extension Headers {
  /// Every value of the name, in one (RFC 9110, section 5.3), so that no second one passes unseen.
  func joined(_ name: String) -> String? {
    let values = all(name)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }
}
