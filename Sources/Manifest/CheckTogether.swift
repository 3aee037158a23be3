/// What is wrong between manifests that are each right in themselves. The later one, by name, is told of the earlier.
func checkTogether(
  _ bundles: [BundleManifest], host: HostManifest, isElsewhere: (String) -> Bool
) -> [Diagnostic] {
  checkPorts(bundles, host) + checkDatabases(bundles) + checkUpstreams(bundles, host) + checkRoutes(between: bundles)
    + checkServices(bundles, host, isElsewhere) + checkRateLimits(bundles, host)
    + checkCompositions(bundles, host)
}

private func checkPorts(_ bundles: [BundleManifest], _ host: HostManifest) -> [Diagnostic] {
  var owners = [host.gatewayPort: "the gateway", host.adminPort: "the admin port"]
  return bundles.compactMap { bundle in
    guard let owner = owners[bundle.port] else {
      owners[bundle.port] = "bundle \(bundle.name)"
      return nil
    }
    let text = "port \(bundle.port) already belongs to \(owner); give bundle \(bundle.name) another"
    return Diagnostic(file: bundle.file, at: bundle.places.port, text)
  }
}

private func checkDatabases(_ bundles: [BundleManifest]) -> [Diagnostic] {
  var owners: [String: String] = [:]
  return bundles.compactMap { bundle in
    guard let database = bundle.database else { return nil }
    guard let owner = owners[database] else {
      owners[database] = bundle.name
      return nil
    }
    let text = "database '\(database)' already belongs to bundle \(owner); each bundle has its own"
    return Diagnostic(file: bundle.file, at: bundle.places.database, text)
  }
}

/// Only where the host lists upstreams at all: without a list, development answers for every provider itself.
private func checkUpstreams(_ bundles: [BundleManifest], _ host: HostManifest) -> [Diagnostic] {
  guard !host.upstreams.isEmpty else { return [] }
  return bundles.flatMap { bundle in
    bundle.needs.outbound.filter { host.upstreams[$0] == nil }.map { name in
      let remedy = hint(for: name, among: host.upstreams.keys, otherwise: "; add it there")
      let text = "bundle \(bundle.name) needs the upstream '\(name)', which host.yaml does not list\(remedy)"
      return Diagnostic(file: bundle.file, at: bundle.places.outbound, text)
    }
  }
}
