import Manifest

/// What a changed path of a project means for its bundles.
struct ProjectTree: Sendable {
  enum Effect: Equatable {
    case none
    /// A library is out of date.
    case build(String)
    /// What goes with a library is: a manifest, an event's file, a migration, data.
    case deploy([String])
    /// The host itself has to be started anew; why, for a person.
    case restart(String)
  }

  let root: String
  /// The bundles whose manifests speak of an event.
  let users: @Sendable (_ event: String) -> [String]

  static let folders = ["functions", "manifests", "Sources/FunctionKit"]

  /// - Parameter path: that of a folder which is gone ends with a slash.
  func effect(of path: String) -> Effect {
    guard path.hasPrefix(root + "/") else { return .none }
    let parts = path.dropFirst(root.count + 1).split(separator: "/").map(String.init)
    let isFolder = path.hasSuffix("/")
    guard parts.count > 1, !parts.contains(where: { $0.hasPrefix(".") }) else { return .none }
    guard let kind = isFolder ? .swift : Kind(file: parts[parts.count - 1]) else { return .none }
    switch (parts[0], kind) {
    case ("functions", _) where parts.count > 2: return kind == .swift ? .build(parts[1]) : .deploy([parts[1]])
    case ("manifests", .yaml): return manifest(Array(parts.dropFirst()))
    case ("Sources", .swift):
      return .restart("\(parts.joined(separator: "/")) is a part of the host and of every library")
    default: return .none
    }
  }

  private func manifest(_ parts: [String]) -> Effect {
    let name = stem(parts[parts.count - 1])
    if parts.count == 2, parts[0] == "events" { return .deploy(users(name)) }
    if parts.count == 1, name == "host" { return .restart("manifests/host.yaml is read when the host starts") }
    return parts.count == 1 ? .deploy([name]) : .none
  }

  /// What a project is made of. Editors leave other files for a moment, under names that end in none of these.
  private enum Kind: String {
    case swift, sql, yaml, csv, json

    init?(file: String) {
      guard let dot = file.lastIndex(of: ".") else { return nil }
      self.init(rawValue: String(file[file.index(after: dot)...]))
    }
  }
}

private func stem(_ file: String) -> String {
  file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
}

extension ProjectTree {
  /// The project of a host that runs; manifests are read when an event's file changes, as they are then.
  init(_ settings: Settings) {
    self.init(root: settings.root) { event in
      let bundles = (try? Plan.manifests(settings)).map { Plan.wanted($0, settings) } ?? []
      let node = EventGraph(bundles, catalogue: nil).nodes.first { $0.event == event }
      return Set(((node?.emitters ?? []) + (node?.consumers ?? [])).map(\.bundle)).sorted()
    }
  }
}
