let usualCompositionTimeout = Duration.seconds(10)
private let usualSizeLimit = 1_048_576

/// Reads the compositions of a bundle, in the order of the file.
func readCompositions(_ bundle: Fields, of name: String?, beside functions: [FunctionManifest]) -> [CompositionManifest]
{
  guard let entry = bundle.entry("compositions"), let section = bundle.fields("compositions", keys: nil) else {
    return []
  }
  if bundle.entry("development")?.value.text == "true" {
    let text = "'compositions' are for the gateway, where a bundle for development is not; take them out"
    bundle.mistakes.add(text, at: entry.position)
  }
  return section.all.compactMap { entry in
    checkName(entry, functions, bundle.mistakes)
    return readComposition(entry, of: name ?? "", bundle.mistakes)
  }
}

private func checkName(_ entry: Value.Entry, _ functions: [FunctionManifest], _ mistakes: Mistakes) {
  do {
    _ = try Names.function(entry.key)
  } catch {
    mistakes.add("'\(entry.key)' \(error.reason)", at: entry.position)
  }
  if let other = functions.first(where: { $0.name == entry.key }) {
    let text = "'\(entry.key)' is a function in line \(other.position.line) as well; give the composition another name"
    mistakes.add(text, at: entry.position)
  }
}

private func readComposition(_ entry: Value.Entry, of bundle: String, _ mistakes: Mistakes) -> CompositionManifest? {
  let place = "composition \(entry.key)"
  let keys = ["route", "timeout", "size", "parts"]
  guard let fields = Fields(entry.value, in: place, at: entry.position, keys: keys, mistakes) else { return nil }
  fields.require("route", example: "GET /orders/:id/full")
  fields.require("parts", example: "{ order: { get: /orders/:id } }")
  let route = fields.read("route", compositionRoute)
  let timeout = fields.read("timeout", Units.timeout) ?? usualCompositionTimeout
  let size = fields.read("size", Units.size) ?? usualSizeLimit
  let parts = readParts(fields, of: entry.key, bundle, within: timeout)
  guard let route, let parts else { return nil }
  let composition = CompositionManifest(
    name: entry.key, route: route, timeout: timeout, sizeLimit: size, parts: parts, position: entry.position)
  checkParts(of: composition, mistakes)
  return composition
}

private func compositionRoute(_ text: String) throws(Mistake) -> Route {
  let route = try Route(parsing: text)
  guard route.method == "GET" else { throw Mistake("must be a GET; a composition only reads") }
  guard route.isOnGatewayRoot else {
    throw Mistake("is not at the gateway's root; /internal, /admin and /health are not for compositions")
  }
  return route
}

/// - Returns: nil when one of them can't be read, so that nothing is said of what the others make of it.
private func readParts(
  _ composition: Fields, of name: String, _ bundle: String, within limit: Duration
) -> [PartManifest]? {
  guard let section = composition.fields("parts", keys: nil) else { return nil }
  let parts = section.all.map { entry in
    readPart(entry, "part \(entry.key) of composition \(name)", bundle, limit, section.mistakes)
  }
  return parts.contains { $0 == nil } ? nil : parts.compactMap(\.self)
}

private func readPart(
  _ entry: Value.Entry, _ place: String, _ bundle: String, _ limit: Duration, _ mistakes: Mistakes
) -> PartManifest? {
  do {
    _ = try Names.field(entry.key)
  } catch {
    mistakes.add("'\(entry.key)' \(error.reason)", at: entry.position)
  }
  let keys = ["get", "of", "optional", "timeout"]
  guard let fields = Fields(entry.value, in: place, at: entry.position, keys: keys, mistakes) else { return nil }
  fields.require("get", example: "/payments/:id")
  let path = fields.read("get", PartPath.init(parsing:))
  let owner = fields.read("of", Names.bundle) ?? bundle
  let isOptional = fields.read("optional", Numbers.flag) ?? false
  let timeout = fields.read("timeout", Units.timeout)
  if let timeout, timeout > limit, let value = fields.value("timeout") {
    fields.refuse(value, of: "timeout", Mistake("is longer than that of the composition; make it shorter"))
  }
  return path.map {
    PartManifest(
      name: entry.key, bundle: owner, path: $0, isOptional: isOptional, timeout: timeout,
      position: fields.value("get")?.position ?? entry.position)
  }
}
