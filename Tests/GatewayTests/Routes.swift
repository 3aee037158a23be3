import FunctionKit
import HTTPServer
import Manifest
import Runtime

@testable import Gateway

/// What a request finds: the route with its parameters' values, `405` with what is allowed, or nothing.
func found(_ request: String, in routes: [String]) -> String? { found(request, in: table(routes)) }

func found(_ request: String, in table: RouteTable) -> String? {
  let parts = request.split(separator: " ", omittingEmptySubsequences: false)
  return describe(table.match(method(parts[0]), Array(parts[1].utf8)[...]))
}

private func describe(_ match: RouteTable.Match) -> String? {
  switch match {
  case .found(let target, let values):
    guard case .endpoint(let endpoint) = target.action else { return "another action" }
    let list = values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",")
    return "\(endpoint.manifest.route)\(list.isEmpty ? "" : " \(list)")"
  case .wrongMethod(let allowed): return "405 \(allowed.sorted().joined(separator: ", "))"
  case .none: return nil
  }
}

func table(_ routes: [String]) -> RouteTable {
  var table = RouteTable()
  for route in routes {
    let endpoint = endpoint(route)
    table.add(method(route.prefix { $0 != " " }), endpoint.manifest.route.segments, .endpoint(endpoint))
  }
  return table
}

private struct Nowhere: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing { input }
}

func endpoint(_ route: String) -> EndpointRoute {
  let yaml = """
    { bundle: test, summary: A test., version: 1, port: 3001,
      endpoints: { Nowhere: { route: "\(route)", access: public } } }
    """
  let parsed = parseBundle(yaml: yaml, file: "test.yaml")
  guard let manifest = parsed.manifest, case .endpoint(let endpoint)? = manifest.functions.first?.trigger else {
    fatalError("\(parsed.diagnostics)")
  }
  let bundle = LoadedBundle(manifest, registered: [.endpoint(Nowhere.self)], pool: nil) {}
  return EndpointRoute(bundle: bundle, function: bundle.functions[0], manifest: endpoint, limits: RouteLimits())
}

private func method(_ name: Substring) -> Method {
  switch name {
  case "POST": .post
  case "PUT": .put
  case "DELETE": .delete
  case "HEAD": .head
  default: .get
  }
}
