internal import Foundation

/// The event files of a directory of manifests, and what is wrong with them; nil where it has no folder `events`.
func loadEvents(directory: String) -> (catalogue: EventCatalogue, diagnostics: [Diagnostic])? {
  guard let names = try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/events") else { return nil }
  var definitions: [EventDefinition] = []
  var refused: Set<String> = []
  var diagnostics: [Diagnostic] = []
  for name in names.filter({ $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }).sorted() {
    let parsed = loadEvent(directory: directory, file: "events/\(name)")
    definitions += parsed.manifest.map { [$0] } ?? []
    if parsed.manifest == nil { refused.insert(String(name.dropLast(5))) }
    diagnostics += parsed.diagnostics
  }
  diagnostics += checkNames(definitions)
  return (EventCatalogue(definitions: definitions, refused: refused), diagnostics)
}

/// Reads the file of one event.
/// - Returns: nil where the project has no folder `events`.
public func loadEvent(named name: String, directory: String) -> Parsed<EventDefinition>? {
  guard FileManager.default.fileExists(atPath: "\(directory)/events") else { return nil }
  return loadEvent(directory: directory, file: "events/\(name).yaml")
}

private func loadEvent(directory: String, file: String) -> Parsed<EventDefinition> {
  guard let yaml = try? String(contentsOfFile: "\(directory)/\(file)", encoding: .utf8) else {
    return Parsed(manifest: nil, diagnostics: [Diagnostic(file: file, at: .start, "can't be read as UTF-8 text")])
  }
  return parseEvent(yaml: yaml, file: file)
}

/// A file is found by its event's name, so there is one file per event and it is called like it.
private func checkNames(_ definitions: [EventDefinition]) -> [Diagnostic] {
  let files = Set(definitions.map(\.file))
  return definitions.compactMap { definition in
    let right = "events/\(definition.name).yaml"
    guard definition.file != right else { return nil }
    let text =
      files.contains(right)
      ? "event '\(definition.name)' is already described in \(right); keep one of the two files"
      : "event '\(definition.name)' does not match the file's name; call the file '\(right)' or mend the event's name"
    return Diagnostic(file: definition.file, at: definition.namePosition, text)
  }
}
