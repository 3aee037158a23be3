/// Two functions for one request would leave it to chance which of them answers.
///
/// Routes are compared by shape: `/a/:x` and `/a/:y` match the same requests, while `/a/b` and `/a/:x` are told apart,
/// since a literal segment wins over a parameter.
func checkRoutes(between bundles: [BundleManifest]) -> [Diagnostic] {
  var owners: [String: (bundle: String, function: String)] = [:]
  var diagnostics: [Diagnostic] = []
  for (bundle, function, route) in bundles.flatMap(gatewayRoutes) {
    guard let owner = owners[route.shape] else {
      owners[route.shape] = (bundle.name, function.name)
      continue
    }
    guard owner.bundle != bundle.name else { continue }
    let text = clash(route, of: function, with: "\(owner.function) of bundle \(owner.bundle)")
    diagnostics.append(Diagnostic(file: bundle.file, at: function.position, text))
  }
  return diagnostics
}

/// Between bundles only what stands at the gateway's root counts, and what is for development never gets there.
private func gatewayRoutes(_ bundle: BundleManifest) -> [(BundleManifest, FunctionManifest, Route)] {
  guard !bundle.isDevelopmentOnly else { return [] }
  return bundle.functions.compactMap { function in
    guard let route = function.route, route.isOnGatewayRoot else { return nil }
    return (bundle, function, route)
  }
}

/// Within a bundle every path counts, since all of them are served on its own port.
func checkRoutes(within functions: [FunctionManifest], _ mistakes: Mistakes) {
  var owners: [String: FunctionManifest] = [:]
  for function in functions {
    guard let route = function.route else { continue }
    guard let owner = owners[route.shape] else {
      owners[route.shape] = function
      continue
    }
    let other = "\(owner.name) in line \(owner.position.line)"
    mistakes.add(clash(route, of: function, with: other), at: function.position)
  }
}

private func clash(_ route: Route, of function: FunctionManifest, with other: String) -> String {
  "route '\(route)' of \(function.name) matches the same requests as \(other); change one of them"
}
