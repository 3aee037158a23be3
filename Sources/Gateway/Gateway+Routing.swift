internal import EventLoop
internal import HTTPServer
internal import Manifest
internal import Runtime

extension Gateway {
  func table(for door: Door) -> RouteTable {
    switch door {
    case .gateway:
      withDescription(
        withReadiness(
          withHealth(
            withCompositions(.gateway(routed)), of: bundles.filter { !$0.manifest.isDevelopmentOnly },
            named: "gateway")),
        of: door)
    case .service(let name): serviceTable(name)
    case .admin: withReadiness(adminTable())
    case .local: RouteTable()
    }
  }

  /// Every bundle's routes, those of bundles that run here first.
  var routed: [RoutedBundle] {
    let here = Set(bundles.map(\.name))
    let elsewhere = forwarders.filter { !here.contains($0.key) }.sorted { $0.key < $1.key }
    return bundles.map { RoutedBundle($0, trial: trials[$0.name], edge) }
      + elsewhere.map { RoutedBundle($0.value, trial: trials[$0.key], edge) }
  }

  private func serviceTable(_ name: String) -> RouteTable {
    guard let bundle = routed.first(where: { $0.manifest.name == name }) else { return RouteTable() }
    var table = RouteTable.service(bundle)
    if let here = bundles.first(where: { $0.name == name }) {
      table = withHealth(table, of: [here], named: "\(name)-service")
    } else if let forwarder = forwarders[name] {
      table.add(.get, [.literal("health")], .remote(RemoteRoute(healthOf: forwarder)))
    }
    return withDescription(table, of: .service(name))
  }
}
