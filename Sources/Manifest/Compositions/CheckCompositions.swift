/// What a composition asks for must be a route of this deployment that its caller could ask for: it shows nothing else.
func checkCompositions(_ bundles: [BundleManifest], _ host: HostManifest) -> [Diagnostic] {
  bundles.flatMap { bundle in
    bundle.compositions.flatMap { composition in
      composition.parts.compactMap { part in
        mistake(part, bundles, host).map { text in
          let place = "part \(part.name) of composition \(composition.name)"
          return Diagnostic(file: bundle.file, at: part.position, "\(place) \(text)")
        }
      }
    }
  }
}

private func mistake(_ part: PartManifest, _ bundles: [BundleManifest], _ host: HostManifest) -> String? {
  guard let bundle = bundles.first(where: { $0.name == part.bundle }) else {
    guard !host.planned.contains(part.bundle) else { return nil }
    let remedy = hint(
      for: part.bundle, among: bundles.map(\.name), otherwise: "; list it under planned in host.yaml until it is there")
    return "asks the bundle '\(part.bundle)', which is not in this deployment\(remedy)"
  }
  guard !bundle.isDevelopmentOnly else {
    return "asks the bundle '\(bundle.name)', which is for development and never on the gateway; take it out"
  }
  guard let function = part.function(in: bundles), case .endpoint(let endpoint) = function.trigger else {
    return noRoute(part, of: bundle)
  }
  guard endpoint.route.gatewaySegments(of: bundle.name, access: endpoint.access) == nil else { return nil }
  return "asks for '\(endpoint.route)' of \(bundle.name), which is not at the gateway; "
    + "a part is what the caller may ask for as well"
}

private func noRoute(_ part: PartManifest, of bundle: BundleManifest) -> String {
  let routes = bundle.functions.compactMap(\.route)
  if let other = routes.first(where: part.path.fits) {
    return "asks for '\(part.path.text)', which \(bundle.name) has for \(other.method) only; a composition only reads"
  }
  let reads = routes.filter { $0.method == "GET" }.map(\.path)
  return "asks for '\(part.path.text)', which is no route of \(bundle.name)\(hint(for: part.path.text, among: reads))"
}
