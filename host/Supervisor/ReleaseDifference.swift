import Deployment
import Manifest

/// What one release of a bundle does otherwise than another.
struct ReleaseDifference: Encodable {
  struct Item: Encodable {
    var name: String
    var change: String
    var what: String?
  }

  struct Event: Encodable {
    var type: String
    var change: String
  }

  struct Statements: Encodable {
    var added: Int
    var removed: Int
  }

  var bundle: String
  var from: String?
  var to: String
  var functions: [Item]
  var migrations: [String]
  var events: [Event]
  var statements: Statements
}

extension ReleaseDifference {
  /// - Parameter old: nil for the first release of its bundle.
  init(of bundle: String, from old: String?, to new: String, in store: ReleaseStore) throws {
    let before = try old.map { try ReleaseContent(bundle, $0, store) } ?? ReleaseContent()
    let after = try ReleaseContent(bundle, new, store)
    self.bundle = bundle
    from = old
    to = new
    functions = changes(before.functions, after.functions) { $0.says($1) }.map { name, change in
      Item(name: name, change: change, what: (after.functions[name] ?? before.functions[name])?.trigger.word)
    }
    migrations = after.migrations.filter { !before.migrations.contains($0) }.sorted()
    events = changes(before.events, after.events, ==).map { Event(type: $0, change: $1) }
    statements = Statements(
      added: after.statements.subtracting(before.statements).count,
      removed: before.statements.subtracting(after.statements).count)
  }
}

/// The names whose values differ, in order, and how.
private func changes<Value>(
  _ old: [String: Value], _ new: [String: Value], _ isSame: (Value, Value) -> Bool
) -> [(String, String)] {
  Set(old.keys).union(new.keys).sorted().compactMap { name in
    switch (old[name], new[name]) {
    case (nil, _): (name, "added")
    case (_, nil): (name, "removed")
    case (let before?, let after?): isSame(before, after) ? nil : (name, "changed")
    }
  }
}

extension Trigger {
  /// For people.
  fileprivate var word: String {
    switch self {
    case .endpoint: "endpoint"
    case .event: "event handler"
    case .cron: "cron"
    case .webhook: "webhook"
    }
  }
}

/// What is compared of a release.
private struct ReleaseContent {
  var functions: [String: FunctionManifest] = [:]
  var migrations: Set<String> = []
  /// SHA-256 of each event's file.
  var events: [String: String] = [:]
  var statements: Set<String> = []

  init() {}

  init(_ bundle: String, _ release: String, _ store: ReleaseStore) throws {
    let index = try store.index(of: release)
    statements = Set(index.statements.map(\.sql))
    for file in index.files {
      let name = String(file.path.split(separator: "/").last ?? "")
      if file.path.hasPrefix("functions/"), name.hasSuffix(".sql") { migrations.insert(name) }
      if file.path.hasPrefix("manifests/events/") { events[String(name.dropLast(5))] = file.sha256 }
    }
    let text = try fileContents("\(store.directory(of: release))/manifests/\(bundle).yaml")
    let manifest = parseBundle(yaml: String(decoding: text, as: UTF8.self), file: "\(bundle).yaml").manifest
    for function in manifest?.functions ?? [] { functions[function.name] = function }
  }
}
