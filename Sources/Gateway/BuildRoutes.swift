internal import HTTPServer
internal import Manifest
internal import Runtime

extension RouteTable {
  /// Everything of one bundle, as its own port serves it.
  static func service(_ bundle: LoadedBundle) -> RouteTable {
    var table = RouteTable()
    for (route, action) in bundle.routes { table.add(route.httpMethod, route.segments, action) }
    return table
  }

  /// What the public may reach of all bundles: nothing under `/internal/`, nothing that only services may call, and
  /// `/admin/…` below the bundle's name, because those paths repeat between services.
  static func gateway(_ bundles: [LoadedBundle]) -> RouteTable {
    var table = RouteTable()
    for bundle in bundles where !bundle.manifest.isDevelopmentOnly {
      for (route, action) in bundle.routes where route.isForPublic(action) {
        let isAdmin = route.segments.first == .literal("admin")
        table.add(route.httpMethod, (isAdmin ? [.literal(bundle.name)] : []) + route.segments, action)
      }
    }
    return table
  }
}

extension LoadedBundle {
  fileprivate var routes: [(Route, RouteAction)] {
    functions.compactMap { function in
      switch function.manifest.trigger {
      case .endpoint(let endpoint):
        (endpoint.route, .endpoint(EndpointRoute(bundle: self, function: function, manifest: endpoint)))
      case .webhook(let webhook):
        (webhook.route, .webhook(WebhookRoute(bundle: self, function: function, manifest: webhook)))
      case .event, .cron: nil
      }
    }
  }
}

extension Route {
  fileprivate var httpMethod: Method {
    switch method {
    case "POST": .post
    case "PUT": .put
    case "PATCH": .patch
    case "DELETE": .delete
    default: .get
    }
  }

  fileprivate func isForPublic(_ action: RouteAction) -> Bool {
    if segments.first == .literal("internal") || segments == [.literal("health")] { return false }
    guard case .endpoint(let endpoint) = action else { return true }
    return endpoint.manifest.access != [.internal]
  }
}
