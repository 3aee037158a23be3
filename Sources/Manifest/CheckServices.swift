/// A service that a bundle calls must be in the deployment, have an address elsewhere, or be planned: a slip of the pen
/// would else come to light with the first call.
func checkServices(
  _ bundles: [BundleManifest], _ host: HostManifest, _ isElsewhere: (String) -> Bool
) -> [Diagnostic] {
  bundles.flatMap { bundle in
    bundle.needs.services.compactMap { name in
      guard !isElsewhere(name), !host.planned.contains(name),
        let text = mistake(name, of: bundle, bundles.first { $0.name == name }, among: bundles)
      else { return nil }
      return Diagnostic(file: bundle.file, at: bundle.places.services[name] ?? .start, text)
    }
  }
}

private func mistake(
  _ name: String, of bundle: BundleManifest, _ target: BundleManifest?, among bundles: [BundleManifest]
) -> String? {
  guard let target else {
    let variable = name.uppercased().replacing("-", with: "_") + "_SERVICE_URL"
    let remedy = hint(
      for: name, among: bundles.map(\.name),
      otherwise: "; set \(variable) where it is elsewhere, or list it under planned in host.yaml")
    return "bundle \(bundle.name) needs the service '\(name)', which is not in this deployment\(remedy)"
  }
  guard target.isDevelopmentOnly, !bundle.isDevelopmentOnly else { return nil }
  return "bundle \(bundle.name) needs the service '\(name)', which is there in development only; take it out"
}
