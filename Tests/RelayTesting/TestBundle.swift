public import FunctionKit
internal import Manifest

/// A bundle made for a test: its manifest as text, its functions, and the tables that they need.
public struct TestBundle: Sendable {
  let manifest: BundleManifest
  let functions: [Registered]
  let schema: String

  /// - Throws: ``UnusableManifest`` with every diagnostic.
  public init(_ name: String, functions: [Registered], schema: String, manifest yaml: String) throws {
    let parsed = parseBundle(yaml: yaml, file: "\(name).yaml")
    guard let manifest = parsed.manifest else {
      throw UnusableManifest(description: parsed.diagnostics.map(\.description).joined(separator: "\n"))
    }
    self.manifest = manifest
    self.functions = functions
    self.schema = schema
  }
}

public struct UnusableManifest: Error, CustomStringConvertible {
  public let description: String
}
