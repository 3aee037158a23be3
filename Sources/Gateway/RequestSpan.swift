internal import FunctionKit
internal import HTTPServer
internal import Runtime
internal import Telemetry

extension Span {
  /// A request at one of the host's ports; what follows its question mark is not told.
  init(
    of visit: Visit, _ trace: Trace, _ head: RequestHead, _ target: RouteTable.Target?, _ outcome: Outcome,
    _ end: UInt64
  ) {
    let method = head.method.description
    var attributes: [(String, SpanValue)] = [
      ("http.request.method", .text(method)), ("http.response.status_code", .number(outcome.status)),
      ("url.scheme", .text("http")),
    ]
    if let target { attributes.append(("http.route", .text(target.pattern))) }
    if let id = outcome.requestID { attributes.append(("lakoo.request", .text(id))) }
    self.init(
      trace: trace, parent: visit.parent, name: target.map { "\(method) \($0.pattern)" } ?? method, kind: .server,
      start: visit.start, end: end, attributes: attributes,
      failure: outcome.status >= 500 ? "\(outcome.status)" : nil)
  }
}

extension RouteAction {
  /// Whether the host itself answers, as to those who ask whether it is well; that is no trace worth keeping.
  var isHosts: Bool {
    if case .host = self { true } else { false }
  }

  /// Bundle and function behind it.
  var names: (bundle: String, function: String)? {
    switch self {
    case .endpoint(let route): return (route.bundle.name, route.function.name)
    case .webhook(let route): return (route.bundle.name, route.function.name)
    case .composition(let route): return (route.bundle.name, route.function.name)
    case .remote(let route):
      let parts = route.name.split(separator: "/", maxSplits: 1)
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    case .host: return nil
    }
  }
}
