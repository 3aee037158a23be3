/// Two functions for one request would leave it to chance which of them answers.
///
/// Routes are compared by shape: `/a/:x` and `/a/:y` match the same requests, while `/a/b` and `/a/:x` are told apart,
/// since a literal segment wins over a parameter.
func checkRoutes(between bundles: [BundleManifest]) -> [Diagnostic] {
  var owners: [String: (bundle: String, name: String)] = [:]
  var diagnostics: [Diagnostic] = []
  for (bundle, routed) in bundles.flatMap(gatewayRoutes) {
    guard let owner = owners[routed.route.shape] else {
      owners[routed.route.shape] = (bundle.name, routed.name)
      continue
    }
    guard owner.bundle != bundle.name else { continue }
    let text = clash(routed, with: "\(owner.name) of bundle \(owner.bundle)")
    diagnostics.append(Diagnostic(file: bundle.file, at: routed.position, text))
  }
  return diagnostics
}

/// Between bundles only what stands at the gateway's root counts, and what is for development never gets there.
private func gatewayRoutes(_ bundle: BundleManifest) -> [(BundleManifest, Routed)] {
  guard !bundle.isDevelopmentOnly else { return [] }
  return Routed.all(bundle.functions, bundle.compositions).filter(\.route.isOnGatewayRoot).map { (bundle, $0) }
}

/// Within a bundle every path counts, since all of its functions are served on its own port.
func checkRoutes(
  within functions: [FunctionManifest], _ compositions: [CompositionManifest], _ mistakes: Mistakes
) {
  var owners: [String: Routed] = [:]
  for routed in Routed.all(functions, compositions) {
    guard let owner = owners[routed.route.shape] else {
      owners[routed.route.shape] = routed
      continue
    }
    mistakes.add(clash(routed, with: "\(owner.name) in line \(owner.position.line)"), at: routed.position)
  }
}

/// What has a route, by its name and its place in the file.
private struct Routed {
  let name: String
  let route: Route
  let position: Position

  static func all(_ functions: [FunctionManifest], _ compositions: [CompositionManifest]) -> [Routed] {
    functions.compactMap { function in
      function.route.map { Routed(name: function.name, route: $0, position: function.position) }
    } + compositions.map { Routed(name: $0.name, route: $0.route, position: $0.position) }
  }
}

private func clash(_ routed: Routed, with other: String) -> String {
  "route '\(routed.route)' of \(routed.name) matches the same requests as \(other); change one of them"
}
