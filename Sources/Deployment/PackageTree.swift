public import Manifest
internal import Migrations

/// Why a working tree does not make a bundle file, with every mistake.
public struct PackagingError: Error, Sendable, CustomStringConvertible {
  public let description: String
}

/// A working tree and what was built of it, out of which bundle files are made.
public struct PackageTree: Sendable {
  /// The folder that holds `manifests/` and `functions/`.
  public let root: String
  /// Where `lib<Name>Functions.so` files are, and the kit that they were linked with.
  public let libraryDirectory: String

  public init(root: String, libraryDirectory: String) {
    self.root = root
    self.libraryDirectory = libraryDirectory
  }

  /// - Throws: ``PackagingError`` with every mistake of the manifest.
  public func manifest(of bundle: String) throws(PackagingError) -> BundleManifest {
    let path = "\(root)/\(BundlePath.manifest(bundle))"
    guard isBundleName(bundle), let text = try? Disk.contents(path) else {
      throw PackagingError(
        description: "there is no manifest \(path) of a bundle '\(bundle)'; say where the project is with --root")
    }
    let parsed = parseBundle(yaml: String(decoding: text, as: UTF8.self), file: "\(bundle).yaml")
    guard let manifest = parsed.manifest, parsed.diagnostics.isEmpty else {
      throw PackagingError(description: parsed.diagnostics.map(\.description).joined(separator: "\n"))
    }
    return manifest
  }

  /// Makes `<bundle>-<release>.bundle` in a directory; nothing is compiled.
  /// - Throws: ``PackagingError``, ``FingerprintError``, ``BundleFileError``.
  public func write(_ bundle: String, into directory: String) throws -> BundleFile {
    let manifest = try manifest(of: bundle)
    let library = BundlePath.library(bundle)
    let source = "\(libraryDirectory)/\(fileName(library))"
    guard Disk.exists(source) else {
      throw PackagingError(
        description: "\(source), the library of \(bundle), is not there; build it with 'lakoo build \(bundle)'")
    }
    let fingerprint = try Fingerprint(library: source)
    let paths = [BundlePath.manifest(bundle)] + (try events(of: manifest)) + (try migrations(of: manifest))
    let content = BundleContent(
      bundle: bundle, fingerprint: fingerprint,
      files: [(library, source)] + paths.map { ($0, "\(root)/\($0)") }, statements: try statements(of: bundle))
    return try content.write(into: directory)
  }

  /// The files of the events that it emits or consumes, in a project that has such files.
  private func events(of manifest: BundleManifest) throws(PackagingError) -> [String] {
    guard Disk.exists("\(root)/\(BundlePath.events)") else { return [] }
    let names = Set(manifest.emitted + manifest.consumed).sorted()
    let missing = names.filter { !Disk.exists("\(root)/\(BundlePath.event($0))") }
    guard missing.isEmpty else {
      let lines = missing.map { "\(manifest.file): event '\($0)' has no file \(BundlePath.event($0)); write it" }
      throw PackagingError(description: lines.joined(separator: "\n"))
    }
    return names.map(BundlePath.event)
  }

  /// The steps of its schema and the data that they copy.
  private func migrations(of manifest: BundleManifest) throws -> [String] {
    guard manifest.database != nil else { return [] }
    let (folder, home) = (BundlePath.migrations(manifest.name), BundlePath.functions(manifest.name) + "/")
    guard Disk.exists("\(root)/\(folder)") else {
      throw PackagingError(
        description: "\(manifest.file): the bundle has a database, but there is no folder \(root)/\(folder); make it")
    }
    let files = try Set(Migration.files(directory: "\(root)/\(folder)").map { resolved("\(folder)/\($0)") })
    if let stray = files.first(where: { !$0.hasPrefix(home) }) {
      throw PackagingError(description: "a migration of \(manifest.name) copies \(stray); move that file below \(home)")
    }
    return Array(files)
  }

  /// Named from the root, so that the same sources make the same bundle file wherever they are.
  private func statements(of bundle: String) throws -> [ScannedStatement] {
    let statements = try scanStatements(directory: "\(root)/\(BundlePath.functions(bundle))")
    return statements.map { statement in
      guard statement.file.hasPrefix(root + "/") else { return statement }
      let file = String(statement.file.dropFirst(root.count + 1))
      return ScannedStatement(file: file, line: statement.line, sql: statement.sql)
    }
  }
}

/// A path without `.` and `..`.
private func resolved(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == "..", parts.last.map({ $0 != ".." }) == true { parts.removeLast() } else { parts.append(part) }
  }
  return parts.joined(separator: "/")
}
