internal import Manifest

/// `bundle.json`, the first entry of a bundle file: what it is of, what it was built with, and what it holds.
public struct BundleIndex: Codable, Sendable, Hashable {
  /// The format that this version writes, and the only one it reads.
  public static let format = 1
  /// The entry that holds it.
  static let path = "bundle.json"

  public let format: Int
  public let bundle: String
  /// The kit that the library was linked with, as ``Fingerprint`` has it.
  public let kit: String
  /// The compiler of the library, as ``Fingerprint`` has it.
  public let toolchain: String
  /// In order of path, which is their order in the file.
  public let files: [File]
  /// What the functions say to the database.
  public let statements: [ScannedStatement]

  /// One entry of the bundle file.
  public struct File: Codable, Sendable, Hashable {
    public let path: String
    /// Bytes.
    public let size: Int
    /// In 64 hexadecimal digits.
    public let sha256: String
  }

  public var fingerprint: Fingerprint { Fingerprint(kit: kit, toolchain: toolchain) }

  init(bundle: String, fingerprint: Fingerprint, files: [File], statements: [ScannedStatement]) {
    format = BundleIndex.format
    self.bundle = bundle
    kit = fingerprint.kit
    toolchain = fingerprint.toolchain
    self.files = files
    self.statements = statements
  }
}

/// The paths that a bundle's files have, in its bundle file, in a release and in a run root alike.
enum BundlePath {
  static func library(_ bundle: String) -> String { "lib/lib\(BundleManifest.libraryName(bundle)).so" }
  static func manifest(_ bundle: String) -> String { "manifests/\(bundle).yaml" }
  static func event(_ name: String) -> String { "\(events)/\(name).yaml" }
  static let events = "manifests/events"
  static func functions(_ bundle: String) -> String { "functions/\(bundle)" }
  static func migrations(_ bundle: String) -> String { "\(functions(bundle))/Migrations" }
}
