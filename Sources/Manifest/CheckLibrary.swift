/// Holds a manifest against the functions that its library really has: code owns names, the manifest owns wiring.
///
/// - Parameter functions: each function's type name, and its kind as `FunctionKind` spells it.
public func checkLibrary(
  _ manifest: BundleManifest, functions: [(name: String, kind: String)]
) -> [Diagnostic] {
  let kinds = Dictionary(functions.map { ($0.name, $0.kind) }) { first, _ in first }
  let wired = Set(manifest.functions.map(\.name))
  let unwired = functions.filter { !wired.contains($0.name) }
  var meant: Set<String> = []
  var diagnostics: [Diagnostic] = []
  for function in manifest.functions {
    if let kind = kinds[function.name] {
      diagnostics += mismatch(function, kind, manifest)
    } else {
      let near = suggestion(for: function.name, among: unwired.map(\.name))
      near.map { _ = meant.insert($0) }
      diagnostics.append(missing(function, near, manifest))
    }
  }
  diagnostics += unwired.filter { !meant.contains($0.name) }.map { unwiredFunction($0.name, $0.kind, manifest) }
  return inOrder(diagnostics)
}

private func missing(_ function: FunctionManifest, _ near: String?, _ manifest: BundleManifest) -> Diagnostic {
  let remedy = near.map { "did you mean '\($0)'?" } ?? "add it to the library or take it out of the manifest"
  let text = "no function named '\(function.name)' in \(manifest.libraryName); \(remedy)"
  return Diagnostic(file: manifest.file, at: function.position, text)
}

private func mismatch(_ function: FunctionManifest, _ kind: String, _ manifest: BundleManifest) -> [Diagnostic] {
  let listed = function.trigger.kind
  guard kind != listed.rawValue else { return [] }
  let section = FunctionKind(rawValue: kind)?.section ?? kind
  let text = "'\(function.name)' is listed under \(listed.section) but is \(withArticle(kind)); move it to \(section)"
  return [Diagnostic(file: manifest.file, at: function.position, text)]
}

private func unwiredFunction(_ name: String, _ kind: String, _ manifest: BundleManifest) -> Diagnostic {
  let section = FunctionKind(rawValue: kind)?.section ?? kind
  let text = "\(manifest.libraryName) has \(withArticle(kind)) '\(name)' that no entry wires; add it under \(section)"
  return Diagnostic(file: manifest.file, at: manifest.places.name, text)
}

private func withArticle(_ kind: String) -> String {
  switch FunctionKind(rawValue: kind) {
  case .endpoint: "an endpoint"
  case .event: "an event function"
  case .cron: "a cron function"
  case .webhook: "a webhook"
  case nil: "a function of the unknown kind '\(kind)'"
  }
}
