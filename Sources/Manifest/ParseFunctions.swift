/// Reads the four sections of a bundle into its functions, in the order of the file.
func readFunctions(_ bundle: Fields) -> [FunctionManifest] {
  var sections: [String: FunctionKind] = [:]
  var functions: [FunctionManifest] = []
  let groups = EventGroups(bundle)
  var words: Set<String> = []
  let kinds = Dictionary(uniqueKeysWithValues: FunctionKind.allCases.map { ($0.section, $0) })
  for kind in bundle.all.compactMap({ kinds[$0.key] }) {
    for entry in bundle.fields(kind.section, keys: nil)?.all ?? [] {
      checkName(entry, kind, &sections, bundle.mistakes)
      words.formUnion(emitted(by: entry))
      if let function = readFunction(entry, kind, of: bundle, groups) { functions.append(function) }
    }
  }
  groups.reportUnused(by: words, bundle)
  if hasNone(bundle) {
    let sections = listed(FunctionKind.allCases.map(\.section))
    bundle.mistakes.add("the bundle has no function; list at least one under \(sections)", at: bundle.position)
  }
  return functions
}

/// The words under `emits`, be they right or not.
private func emitted(by function: Value.Entry) -> [String] {
  let emits = function.value.map?.first { $0.key == "emits" }
  return (emits?.value.list ?? []).compactMap(\.text)
}

/// A section that is misspelt or is no mapping has its own mistake already.
private func hasNone(_ bundle: Fields) -> Bool {
  FunctionKind.allCases.allSatisfy { kind in
    bundle.entry(kind.section)?.value.map?.isEmpty ?? !bundle.has(kind.section)
  }
}

private func checkName(
  _ entry: Value.Entry, _ kind: FunctionKind, _ sections: inout [String: FunctionKind], _ mistakes: Mistakes
) {
  do {
    _ = try Names.function(entry.key)
  } catch {
    mistakes.add("'\(entry.key)' \(error.reason)", at: entry.position)
  }
  if let other = sections[entry.key] {
    let message = "'\(entry.key)' is listed under \(other.section) and \(kind.section); a function has one trigger"
    mistakes.add(message, at: entry.position)
  }
  sections[entry.key] = sections[entry.key] ?? kind
}

private func readFunction(
  _ entry: Value.Entry, _ kind: FunctionKind, of bundle: Fields, _ groups: EventGroups
) -> FunctionManifest? {
  let place = "\(kind) \(entry.key)"
  let keys = kind.ownKeys + ["transaction", "timeout", "emits"]
  guard let fields = Fields(entry.value, in: place, at: entry.position, keys: keys, bundle.mistakes) else { return nil }
  let transaction: TransactionMode = fields.read("transaction", Numbers.choice) ?? .auto
  let timeout = fields.read("timeout", Units.timeout) ?? kind.usualTimeout
  let emits = fields.readEmits(groups)
  let trigger = fields.readTrigger(kind)
  if !bundle.has("database") { reportNeedOfDatabase(fields, kind) }
  guard let trigger else { return nil }
  return FunctionManifest(
    name: entry.key, trigger: trigger, transaction: transaction, timeout: timeout, emits: emits.events,
    position: entry.position, emitPlaces: emits.places, onPlaces: fields.itemPlaces("on"))
}

/// Inbox, outbox, claimed ticks, receipts and stored responses are rows in the bundle's own database.
private func reportNeedOfDatabase(_ fields: Fields, _ kind: FunctionKind) {
  let remedy = "add 'database: …' to the bundle"
  if kind != .endpoint {
    fields.mistakes.add("\(fields.place ?? "") needs a database to record its runs; \(remedy)", at: fields.position)
    return
  }
  let keeps = fields.entry("idempotency").map { $0.value.text != Idempotency.none.rawValue } ?? false
  for key in ["idempotency", "emits"] where key == "emits" || keeps {
    guard let entry = fields.entry(key) else { continue }
    fields.mistakes.add("'\(key)'\(fields.inPlace) needs a database; \(remedy)", at: entry.position)
  }
}
