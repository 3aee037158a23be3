internal import HTTPServer
internal import Manifest
internal import Runtime

/// A bundle's routes, wherever they lead.
struct RoutedBundle {
  let manifest: BundleManifest
  let routes: [(Route, RouteAction)]

  /// One that runs here.
  /// - Parameter forwarder: leads to others that run it, too or alone.
  init(_ bundle: LoadedBundle, _ forwarder: Forwarder?) {
    manifest = bundle.manifest
    routes = bundle.functions.compactMap { function in
      guard let route = function.manifest.route, let local = function.action(of: bundle) else { return nil }
      guard let forwarder else { return (route, local) }
      let shared = forwarder.bundle.percent == nil ? nil : local
      return RemoteRoute(function.manifest, forwarder, local: shared).map { (route, .remote($0)) }
    }
  }

  /// One that only others run.
  init(_ forwarder: Forwarder) {
    manifest = forwarder.bundle.manifest
    routes = manifest.functions.compactMap { function in
      guard let route = function.route, let remote = RemoteRoute(function, forwarder) else { return nil }
      return (route, .remote(remote))
    }
  }
}

extension RouteTable {
  /// Everything of one bundle, as its own port serves it.
  static func service(_ bundle: RoutedBundle) -> RouteTable {
    var table = RouteTable()
    for (route, action) in bundle.routes { table.add(route.httpMethod, route.segments, action) }
    return table
  }

  /// What the public may reach of all bundles: nothing under `/internal/`, nothing that only services may call, and
  /// `/admin/…` below the bundle's name, because those paths repeat between services.
  static func gateway(_ bundles: [RoutedBundle]) -> RouteTable {
    var table = RouteTable()
    for bundle in bundles where !bundle.manifest.isDevelopmentOnly {
      for (route, action) in bundle.routes where route.isForPublic(action) {
        let isAdmin = route.segments.first == .literal("admin")
        table.add(route.httpMethod, (isAdmin ? [.literal(bundle.manifest.name)] : []) + route.segments, action)
      }
    }
    return table
  }
}

extension LoadedFunction {
  fileprivate func action(of bundle: LoadedBundle) -> RouteAction? {
    switch manifest.trigger {
    case .endpoint(let endpoint): .endpoint(EndpointRoute(bundle: bundle, function: self, manifest: endpoint))
    case .webhook(let webhook): .webhook(WebhookRoute(bundle: bundle, function: self, manifest: webhook))
    case .event, .cron: nil
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
    return action.access != [.internal]
  }
}
