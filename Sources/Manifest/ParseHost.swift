/// Reads the host's manifest.
public func parseHost(yaml: String, file: String) -> Parsed<HostManifest> {
  let mistakes = Mistakes(file: file)
  let manifest = readYAML(yaml, mistakes).flatMap { readHost($0, mistakes) }
  return Parsed(manifest: mistakes.isEmpty ? manifest : nil, diagnostics: mistakes.all)
}

private func readHost(_ value: Value, _ mistakes: Mistakes) -> HostManifest? {
  let keys = [
    "bundles", "ports", "upstreams", "planned", "limits", "retention", "workers", "hang", "memory", "drain", "auth",
    "releases", "rateLimits", "trustedProxies", "cors", "accessLog", "traces", "tls",
  ]
  guard let fields = Fields(value, in: nil, at: .start, keys: keys, mistakes) else { return nil }
  var host = HostManifest()
  if fields.entry("bundles") != nil { host.bundles = fields.readFilledList("bundles", Names.bundle) }
  if let ports = fields.fields("ports", keys: ["gateway", "admin"]) { readPorts(ports, into: &host) }
  if let upstreams = fields.fields("upstreams", keys: nil) { host.upstreams = readUpstreams(upstreams) }
  host.planned = fields.readList("planned", Names.bundle)
  if let limits = fields.fields("limits", keys: ["connections", "header", "idle", "headerTime"]) {
    host.limits = readLimits(limits)
  }
  if let auth = fields.fields("auth", keys: HostAuth.names) { host.auth = HostAuth(auth) }
  host.retention = fields.read("retention", Units.retention) ?? host.retention
  if let releases = fields.fields("releases", keys: ["keep"]) {
    host.keptReleases = releases.read("keep") { text throws(Mistake) in try Numbers.whole(text, in: 0...1000) } ?? 10
  }
  readWorkers(fields, into: &host)
  host.rateLimits = fields.readRateLimits()
  host.trustedProxies = fields.readList("trustedProxies", AddressRange.init(parsing:))
  host.cors = fields.readCORS()
  host.accessLog = fields.read("accessLog", AccessLogPolicy.init(parsing:))
  host.traces = fields.readTraces()
  host.tls = fields.readTLS()
  return host
}

private func readWorkers(_ fields: Fields, into host: inout HostManifest) {
  host.workers = fields.read("workers", workerCount) ?? host.workers
  host.hang = fields.read("hang", Units.patience) ?? host.hang
  host.memory = fields.read("memory", Units.memory)
  host.drain = fields.read("drain", Units.timeout) ?? host.drain
}

/// `auto` is what the host does when nothing is said.
private func workerCount(_ text: String) throws(Mistake) -> Int? {
  guard text != "auto" else { return nil }
  guard digits(text) != nil else { throw Mistake("is not known; write auto, or a whole number") }
  return try Numbers.whole(text, in: Isolation.workerCounts)
}

private func readPorts(_ ports: Fields, into host: inout HostManifest) {
  host.gatewayPort = ports.read("gateway", Numbers.port) ?? host.gatewayPort
  host.adminPort = ports.read("admin", Numbers.port) ?? host.adminPort
  if host.gatewayPort == host.adminPort {
    ports.mistakes.add(
      "the gateway and admin ports are both \(host.gatewayPort); give each its own", at: ports.position)
  }
}

private func readUpstreams(_ fields: Fields) -> [String: String] {
  var upstreams: [String: String] = [:]
  for entry in fields.all {
    do {
      _ = try Names.bundle(entry.key)
    } catch {
      fields.mistakes.add("'\(entry.key)'\(fields.inPlace) \(error.reason)", at: entry.position)
    }
    upstreams[entry.key] = fields.read(entry.key, baseURL)
  }
  return upstreams
}

/// `https://api.xendit.co`, with a port or a path if need be: paths of calls are put after it.
func baseURL(_ text: String) throws(Mistake) -> String {
  let shape = /https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(\/[A-Za-z0-9._~!\/-]*)?/
  guard text.wholeMatch(of: shape) != nil else {
    throw Mistake("is not a base URL; write it like https://api.xendit.co, without query or password")
  }
  return text
}

private func readLimits(_ fields: Fields) -> HostManifest.Limits {
  var limits = HostManifest.Limits()
  let connections = fields.read("connections") { text throws(Mistake) in try Numbers.whole(text, in: 1...1_000_000) }
  limits.connections = connections ?? limits.connections
  limits.header = fields.read("header", Units.size) ?? limits.header
  limits.idle = fields.read("idle", Units.timeout) ?? limits.idle
  limits.headerTime = fields.read("headerTime", Units.timeout) ?? limits.headerTime
  return limits
}
