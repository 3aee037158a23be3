internal import HTTPServer

extension Response {
  func first(_ name: String) -> String? { headers.first { $0.0.isHeader(name) }?.1 }

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
