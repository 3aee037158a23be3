internal import HTTPServer
internal import Manifest
internal import Runtime

/// A bundle's routes, wherever they lead.
struct RoutedBundle {
  let manifest: BundleManifest
  let routes: [(Route, RouteAction)]

  /// One that runs here.
  /// - Parameter trial: leads to another release of it that gets a share of the requests.
  init(_ bundle: LoadedBundle, trial: Forwarder?, _ edge: Edge) {
    manifest = bundle.manifest
    let own = bundle.functions.compactMap { function in
      function.manifest.route.flatMap { route in function.action(of: bundle, edge).map { (route, $0) } }
    }
    routes = trial.map { RoutedBundle.shared(own, $0, edge) } ?? own
  }

  /// One that only others run.
  init(_ forwarder: Forwarder, trial: Forwarder?, _ edge: Edge) {
    manifest = forwarder.bundle.manifest
    let own = RoutedBundle.routes(to: forwarder, edge) { _ in nil }
    routes = trial.map { RoutedBundle.shared(own, $0, edge) } ?? own
  }

  /// The routes that both releases have are shared; those that only one has lead there. Where both match the same
  /// requests but call a parameter otherwise, the live one keeps them.
  private static func shared(
    _ live: [(Route, RouteAction)], _ trial: Forwarder, _ edge: Edge
  ) -> [(Route, RouteAction)] {
    let paths = Dictionary(live.map { ($0.0.shape, $0.0) }) { first, _ in first }
    let tried = routes(to: trial, edge) { route in live.first { $0.0 == route }?.1 }.filter { (route, _) in
      paths[route.shape] == nil || paths[route.shape] == route
    }
    return tried + live.filter { (route, _) in !tried.contains { $0.0 == route } }
  }

  private static func routes(
    to forwarder: Forwarder, _ edge: Edge, or local: (Route) -> RouteAction?
  ) -> [(Route, RouteAction)] {
    forwarder.bundle.manifest.functions.compactMap { function in
      guard let route = function.route, let remote = RemoteRoute(function, forwarder, edge, local: local(route)) else {
        return nil
      }
      return (route, .remote(remote))
    }
  }
}

extension RouteTable {
  /// Everything of one bundle, as its own port serves it.
  static func service(_ bundle: RoutedBundle) -> RouteTable {
    var table = RouteTable()
    table.ignoresSlashAtEnd = bundle.manifest.isDevelopmentOnly
    for (route, action) in bundle.routes { table.add(route.httpMethod, route.segments, action) }
    return table
  }

  /// What the public may reach of all bundles.
  static func gateway(_ bundles: [RoutedBundle]) -> RouteTable {
    var table = RouteTable()
    for bundle in bundles where !bundle.manifest.isDevelopmentOnly {
      for (route, action) in bundle.routes {
        guard let path = route.gatewaySegments(of: bundle.manifest.name, access: action.access) else { continue }
        table.add(route.httpMethod, path, action)
      }
    }
    return table
  }
}

extension LoadedFunction {
  fileprivate func action(of bundle: LoadedBundle, _ edge: Edge) -> RouteAction? {
    let limits = edge.limits(of: manifest, in: bundle.name)
    return switch manifest.trigger {
    case .endpoint(let endpoint):
      .endpoint(EndpointRoute(bundle: bundle, function: self, manifest: endpoint, limits: limits))
    case .webhook(let webhook):
      .webhook(WebhookRoute(bundle: bundle, function: self, manifest: webhook, limits: limits))
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
}
