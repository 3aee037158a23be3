/// Reads one bundle's manifest. `file` is its name, which the bundle's name has to match.
public func parseBundle(yaml: String, file: String) -> Parsed<BundleManifest> {
  let mistakes = Mistakes(file: file)
  let manifest = readYAML(yaml, mistakes).flatMap { readBundle($0, mistakes) }
  return Parsed(manifest: mistakes.isEmpty ? manifest : nil, diagnostics: mistakes.all)
}

private let bundleKeys =
  ["bundle", "summary", "version", "port", "database", "development", "needs", "groups", "isolation", "rollback"]
  + FunctionKind.allCases.map(\.section) + ["compositions"]

private func readBundle(_ value: Value, _ mistakes: Mistakes) -> BundleManifest? {
  guard let fields = Fields(value, in: nil, at: .start, keys: bundleKeys, mistakes) else { return nil }
  for (key, example) in [("bundle", "payment"), ("summary", "Payments."), ("version", "1"), ("port", "3007")] {
    fields.require(key, example: example)
  }
  let name = fields.read("bundle") { text throws(Mistake) in try bundleName(text, file: mistakes.file) }
  let summary = fields.read("summary", readSummary)
  let version = fields.read("version") { text throws(Mistake) in try Numbers.whole(text, in: 1...Int.max) }
  let port = fields.read("port", Numbers.port)
  let database = fields.read("database", Names.database)
  let development = fields.read("development", Numbers.flag) ?? false
  let needs = readNeeds(fields)
  let isolation = fields.readIsolation() ?? .shared
  let rollback: Rollback = fields.read("rollback", Numbers.choice) ?? .manual
  let functions = readFunctions(fields)
  let compositions = readCompositions(fields, of: name, beside: functions)
  checkRoutes(within: functions, compositions, mistakes)
  checkSecrets(of: functions, needs, mistakes)
  guard let name, let summary, let version, let port else { return nil }
  return BundleManifest(
    name: name, summary: summary, version: version, port: port, database: database, isDevelopmentOnly: development,
    needs: needs, isolation: isolation, rollback: rollback, functions: functions, compositions: compositions,
    file: mistakes.file, places: places(fields))
}

private func bundleName(_ text: String, file: String) throws(Mistake) -> String {
  let name = try Names.bundle(text)
  let base = file.split(separator: "/").last.map(String.init) ?? file
  guard base == name + ".yaml" else {
    throw Mistake("does not match the file's name; call the file '\(name).yaml' or mend the bundle's name")
  }
  return name
}

private func readSummary(_ text: String) throws(Mistake) -> String {
  guard !text.allSatisfy(\.isWhitespace) else { throw Mistake("is blank; say in a sentence what the bundle does") }
  return text
}

private func readNeeds(_ fields: Fields) -> Needs {
  let needs = fields.fields("needs", keys: ["secrets", "settings", "outbound", "services"])
  return Needs(
    secrets: needs?.readList("secrets", Names.secret) ?? [], settings: needs.map(readSettings) ?? [:],
    outbound: needs?.readList("outbound", Names.bundle) ?? [],
    services: needs?.readList("services", Names.bundle) ?? [])
}

/// Each has a value that counts where the environment has none, so that a host starts without any being set.
private func readSettings(_ needs: Fields) -> [String: String] {
  let settings = needs.fields("settings", keys: nil)
  var values: [String: String] = [:]
  for entry in settings?.all ?? [] {
    do {
      let name = try Names.setting(entry.key)
      values[name] = settings?.read(entry.key) { $0 }
    } catch {
      needs.mistakes.add("'\(entry.key)' \(error.reason)", at: entry.position)
    }
  }
  return values
}

private func places(_ fields: Fields) -> BundleManifest.Places {
  func place(_ key: String) -> Position { fields.entry(key)?.value.position ?? .start }
  func need(_ key: String) -> Value? { fields.entry("needs")?.value.map?.first { $0.key == key }?.value }
  let services = (need("services")?.list ?? []).compactMap { item in item.text.map { ($0, item.position) } }
  return .init(
    name: place("bundle"), port: place("port"), database: place("database"),
    outbound: need("outbound")?.position ?? .start, services: Dictionary(services) { first, _ in first })
}
