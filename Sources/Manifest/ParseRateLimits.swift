extension Fields {
  /// Reads `rateLimit: login`, `rateLimit: { by: user, requests: 60, per: 1m, burst: 20 }` or a list of such.
  /// - Parameter keys: what requests can be told apart by.
  /// - Returns: nil when nothing is said.
  func readRateLimit(by keys: [RateLimit.Key]) -> [RateLimitRule]? {
    value("rateLimit").map { value in
      items(value, of: "rateLimit").compactMap { item in
        if item.map != nil { return readLimit(item, in: place.map { "rateLimit of \($0)" }, keys).map { .limit($0) } }
        return read(item, of: "rateLimit", Names.bundle).map { .named($0) }
      }
    }
  }

  /// Reads the host's limits by their names, which may be the usual ones.
  func readRateLimits() -> [String: [RateLimit]] {
    var limits = UsualRateLimits.all
    for entry in fields("rateLimits", keys: nil)?.all ?? [] {
      guard entry.key != "redis" else {
        mistakes.add(
          "'redis' in rateLimits is not there: each host counts for itself, in its memory; take it out",
          at: entry.position)
        continue
      }
      do { _ = try Names.bundle(entry.key) } catch {
        mistakes.add("'\(entry.key)' in rateLimits \(error.reason)", at: entry.position)
      }
      let place = "\(entry.key) of rateLimits"
      let keys: [RateLimit.Key] = entry.key == UsualRateLimits.webhook ? [.address, .route] : RateLimit.Key.allCases
      limits[entry.key] = items(entry.value, of: entry.key).compactMap { readLimit($0, in: place, keys) }
    }
    return limits
  }

  private func items(_ value: Value, of key: String) -> [Value] {
    let items = value.list ?? [value]
    if items.count > 4 { refuse(value, of: key, Mistake("has more than 4 limits; keep the strictest")) }
    return items
  }

  private func readLimit(_ value: Value, in place: String?, _ keys: [RateLimit.Key]) -> RateLimit? {
    guard let fields = Fields(value, in: place, keys: ["by", "requests", "per", "burst"], mistakes) else { return nil }
    fields.require("by", example: "address")
    fields.require("requests", example: "60")
    fields.require("per", example: "1m")
    let key = fields.read("by") { text throws(Mistake) in try rateLimitKey(text, among: keys) }
    let requests = fields.read("requests") { text throws(Mistake) in try Numbers.whole(text, in: 1...1_000_000) }
    let period = fields.read("per", Units.ratePeriod)
    let burst = fields.read("burst") { text throws(Mistake) in try Numbers.whole(text, in: 1...(requests ?? 1_000_000))
    }
    guard let key, let requests, let period else { return nil }
    return RateLimit(by: key, requests: requests, per: period, burst: burst)
  }
}

private func rateLimitKey(_ text: String, among keys: [RateLimit.Key]) throws(Mistake) -> RateLimit.Key {
  let key: RateLimit.Key = try Numbers.choice(text)
  guard keys.contains(key) else {
    throw Mistake("is not for deliveries, which come from no user; use \(listed(keys.map(\.rawValue)))")
  }
  return key
}

/// A name that no limit has would else limit nothing.
func checkRateLimits(_ bundles: [BundleManifest], _ host: HostManifest) -> [Diagnostic] {
  bundles.flatMap { bundle in
    bundle.functions.flatMap { function in
      (function.rateLimits ?? []).compactMap { rule in
        guard case .named(let name) = rule, host.rateLimits[name] == nil else { return nil }
        let remedy = hint(for: name, among: host.rateLimits.keys, otherwise: "; add it under rateLimits in host.yaml")
        let text = "rateLimit '\(name)' of \(function.name) is not known\(remedy)"
        return Diagnostic(file: bundle.file, at: function.position, text)
      }
    }
  }
}

extension FunctionManifest {
  /// The limits that it asks for; nil when it says nothing of any.
  public var rateLimits: [RateLimitRule]? {
    switch trigger {
    case .endpoint(let endpoint): endpoint.rateLimits
    case .webhook(let webhook): webhook.rateLimits
    case .event, .cron: nil
    }
  }
}
