public import FunctionKit
internal import Manifest

/// A bundle as a test writes it: a manifest's text and the functions that it names.
public struct BundleSource: Sendable {
  let name: String
  let yaml: String
  let functions: [Registered]
  let hasDatabase: Bool

  /// - Parameter body: the manifest below its head, which is made up: `database: …` included unless told otherwise.
  public init(_ name: String, _ body: String, _ functions: [Registered], hasDatabase: Bool = true) {
    self.name = name
    yaml = """
      bundle: \(name)
      summary: A bundle of the tests.
      version: 1
      port: 3001
      \(hasDatabase ? "database: \(name)_db" : "")
      \(body)
      """
    self.functions = functions
    self.hasDatabase = hasDatabase
  }

  func manifest() throws -> BundleManifest {
    let parsed = parseBundle(yaml: yaml, file: "\(name).yaml")
    guard let manifest = parsed.manifest else {
      throw SetupError(parsed.diagnostics.map(\.description).joined(separator: "\n"))
    }
    return manifest
  }
}

public struct SetupError: Error, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}
