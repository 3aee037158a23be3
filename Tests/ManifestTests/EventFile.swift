import Foundation
import Manifest
import Testing

/// A right event file, and folders of manifests around it.
enum EventFile {
  static func yaml(
    _ name: String = "thing.done", producer: String = "shop", consumers: String = "consumers: [mail]"
  ) -> String {
    """
    event: \(name)
    producer: \(producer)
    \(consumers)
    topic: thing.events
    payload:
      type: object
      required: [id]
      properties:
        id: { type: string, format: uuid }
        price: { type: number }
        isNew: { type: [boolean, "null"] }
        lines: { type: array, items: { type: object, required: [kind], properties: { kind: { type: string } } } }
    sample: { id: "019bc0a1-07ee-78de-b778-5793417285a1", price: 2.5, isNew: true, lines: [{ kind: "5" }] }

    """
  }

  static func bundle(_ name: String, _ port: Int, on: String? = nil, emits: String? = nil) -> String {
    """
    bundle: \(name)
    summary: A bundle.
    version: 1
    port: \(port)
    database: \(name)_db
    \(on.map { "events: { Listen: { on: [\($0)] } }" } ?? "")
    crons:
      Tell: { schedule: "@daily"\(emits.map { ", emits: [\($0)]" } ?? "") }

    """
  }

  /// - Parameter files: by name; `events/…` for the files of events.
  static func load(_ files: [String: String]) throws -> ManifestSet {
    let directory = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID())")
    defer { try? FileManager.default.removeItem(at: directory) }
    for (name, text) in files {
      let file = directory.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try loadManifests(directory: directory.path)
  }

  static func said(_ files: [String: String]) throws -> String {
    try load(files).diagnostics.map(\.description).joined(separator: "\n")
  }
}
