internal import Manifest
private import Synchronization

/// The files of the events that a bundle emits, read once per process.
enum EventFiles {
  private static let known = Mutex<[String: [String: PayloadSchema]]>([:])

  static func payloadSchemas(of manifest: BundleManifest, _ root: String) throws -> [String: PayloadSchema] {
    try known.withLock { known in
      if let schemas = known[manifest.file] { return schemas }
      let schemas = try read(manifest, root)
      known[manifest.file] = schemas
      return schemas
    }
  }

  private static func read(_ manifest: BundleManifest, _ root: String) throws -> [String: PayloadSchema] {
    var schemas: [String: PayloadSchema] = [:]
    for event in Set(manifest.functions.flatMap(\.emits)) {
      guard let parsed = loadEvent(named: event, directory: "\(root)/manifests") else { return [:] }
      guard let definition = parsed.manifest else {
        throw TestSetupError(parsed.diagnostics.map(\.description).joined(separator: "\n"))
      }
      schemas[event] = definition.payload
    }
    return schemas
  }
}
