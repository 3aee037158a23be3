internal import HTTPServer
internal import Manifest

extension Edge {
  /// What keeps browsers from making of an answer what it is not meant to be. A function's own word counts.
  func protect(_ response: inout Response, to head: RequestHead?) {
    response.headers.append(("X-Content-Type-Options", "nosniff"))
    response.addUnlessSaid("Referrer-Policy", "no-referrer")
    if response.isJSON {
      response.addUnlessSaid("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    }
    if isPrivate(response, to: head) { response.addUnlessSaid("Cache-Control", "no-store") }
    if let head, !host.trustedProxies.isEmpty, isSecure(head) {
      response.addUnlessSaid("Strict-Transport-Security", "max-age=31536000")
    }
  }

  /// Whether nobody should keep it: what somebody in particular was told, refusals, and what changes something.
  private func isPrivate(_ response: Response, to head: RequestHead?) -> Bool {
    guard let head, response.status < 400, head.method == .get || head.method == .head else { return true }
    return head.headers.firstBytes("authorization") != nil || head.headers.firstBytes("cookie") != nil
  }
}

extension Response {
  func first(_ name: String) -> String? { headers.first { $0.0.isHeader(name) }?.1 }

  mutating func addUnlessSaid(_ name: String, _ value: String) {
    if first(name) == nil { headers.append((name, value)) }
  }

  /// Adds to the request's headers that the answer depends on.
  mutating func vary(by name: String) {
    guard let index = headers.firstIndex(where: { $0.0.isHeader("vary") }) else {
      return headers.append(("Vary", name))
    }
    headers[index].1 += ", \(name)"
  }

  var isJSON: Bool {
    guard let type = first("content-type") else { return false }
    return type == "application/json" || type == "application/problem+json" || type.hasPrefix("application/json;")
  }
}
