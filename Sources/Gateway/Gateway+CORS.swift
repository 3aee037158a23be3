internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Manifest

extension Gateway {
  /// Answers a browser that asks whether a page of another origin may send a request.
  /// - Returns: nil for any other request, and for a route that there is not.
  func preflight(_ head: RequestHead) -> Response? {
    guard head.method == .options, let cors = edge.host.cors, doors.value[head.tag] == .gateway,
      let origin = head.headers.first("origin"), let name = head.headers.first("access-control-request-method"),
      let method = Method.allCases.first(where: { $0.description == name })
    else { return nil }
    let table = tables.value[head.tag]
    guard case .found(let target, _) = table.match(method, head.pathBytes), let headers = target.action.clientHeaders,
      case .wrongMethod(let methods) = table.match(.options, head.pathBytes)
    else { return nil }
    guard cors.allows(origin) else { return response(to: head, Gateway.foreignOrigin) }
    return Response(
      status: 204,
      headers: [
        ("Access-Control-Allow-Methods", methods.joined(separator: ", ")),
        ("Access-Control-Allow-Headers", headers.joined(separator: ", ")),
        ("Access-Control-Max-Age", String(cors.maxAge.components.seconds)),
      ])
  }

  private static let foreignOrigin = Problem(
    403, "origin_not_allowed", "Pages of this origin may not use this host; cors in host.yaml says which may.")
}

extension Edge {
  private static let exposed =
    "ETag, Idempotency-Replayed, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, "
    + "X-Request-Id"

  /// Lets a page of an origin that is listed see the answer. The host's word counts, whatever a function says.
  func share(_ response: inout Response, to head: RequestHead?) {
    guard let cors = host.cors else { return }
    response.headers.removeAll { $0.0.isHeader("access-control-allow-origin") }
    let isForAll = cors.origins.contains(.any)
    if !isForAll { response.vary(by: "Origin") }
    guard let origin = head?.headers.first("origin"), cors.allows(origin) else { return }
    response.headers.append(("Access-Control-Allow-Origin", isForAll ? "*" : origin))
    if cors.credentials { response.headers.append(("Access-Control-Allow-Credentials", "true")) }
    if head?.method != .options { response.headers.append(("Access-Control-Expose-Headers", Edge.exposed)) }
  }
}

extension RouteAction {
  /// The headers that a page may send; nil for what is not for pages.
  fileprivate var clientHeaders: [String]? {
    switch self {
    case .endpoint(let route): RouteAction.clientHeaders(takesKey: route.manifest.idempotency != .none)
    case .remote(let route) where route.takes != .anything: RouteAction.clientHeaders(takesKey: route.takesKey)
    case .composition: RouteAction.clientHeaders(takesKey: false)
    case .remote, .webhook, .host: nil
    }
  }

  private static func clientHeaders(takesKey: Bool) -> [String] {
    ["authorization", "content-type", "if-match", "if-none-match", "traceparent", "x-request-id"]
      + (takesKey ? ["idempotency-key"] : [])
  }
}
