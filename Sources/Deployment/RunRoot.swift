internal import Manifest

/// The directory that a worker runs from: laid out like a project, and put together from the releases it is to run.
public enum RunRoot {
  /// Makes `<directory>/manifests`, `lib` and `functions` anew. Its files are further names of the store's own, which takes
  /// neither time nor room.
  /// - Parameters:
  ///   - releases: which release of each bundle.
  ///   - host: the text of the project's `host.yaml`; nil if it has none.
  public static func assemble(
    _ releases: [String: String], from store: ReleaseStore, host: [UInt8]?, in directory: String
  ) throws(BundleFileError) {
    let parts = try parts(releases, store)
    do {
      try Disk.remove(directory)
      for folder in ["lib", "manifests", "functions"] { try Disk.makeDirectory("\(directory)/\(folder)") }
      if let host { try OutputFile("\(directory)/manifests/host.yaml").write(host[...]) }
      for part in parts { try part.link(into: directory) }
      for (event, part) in owners(of: parts) { try part.link(event, into: directory) }
    } catch {
      throw BundleFileError(error, writing: "a directory to run from", bytes: 1_048_576, in: directory)
    }
  }

  private static func parts(_ releases: [String: String], _ store: ReleaseStore) throws(BundleFileError) -> [Part] {
    var parts: [Part] = []
    for (_, release) in releases.sorted(by: { $0.key < $1.key }) {
      parts.append(Part(try store.index(of: release), directory: store.directory(of: release)))
    }
    return parts
  }

  /// Whose version of each event's file counts: its emitter's, and where nobody here emits it the first consumer's.
  private static func owners(of parts: [Part]) -> [String: Part] {
    let emitters = parts.flatMap { part in part.events.filter(part.emitted.contains).map { ($0, part) } }
    let all = parts.flatMap { part in part.events.map { ($0, part) } }
    return Dictionary(emitters + all) { first, _ in first }
  }
}

/// What one release brings along.
private struct Part {
  let directory: String
  let bundle: String
  /// The paths of event files.
  let events: [String]
  /// Those among them that are of events which it emits.
  let emitted: Set<String>
  let others: [String]

  init(_ index: BundleIndex, directory: String) {
    self.directory = directory
    bundle = index.bundle
    let paths = index.files.map(\.path)
    events = paths.filter { $0.hasPrefix(BundlePath.events + "/") }
    others = paths.filter { !$0.hasPrefix(BundlePath.events + "/") }
    let text = try? Disk.contents("\(directory)/\(BundlePath.manifest(index.bundle))")
    let manifest = text.flatMap {
      parseBundle(yaml: String(decoding: $0, as: UTF8.self), file: "\(index.bundle).yaml").manifest
    }
    emitted = Set((manifest?.emitted ?? []).map(BundlePath.event))
  }

  func link(into root: String) throws(DiskError) {
    try Disk.makeDirectory("\(root)/\(BundlePath.migrations(bundle))")
    for path in others { try link(path, into: root) }
  }

  func link(_ path: String, into root: String) throws(DiskError) {
    try Disk.makeDirectory(Disk.parent("\(root)/\(path)"))
    try Disk.link("\(directory)/\(path)", to: "\(root)/\(path)")
  }
}
