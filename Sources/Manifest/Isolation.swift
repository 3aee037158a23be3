/// Whether a bundle shares its workers with the others.
public enum Isolation: Sendable, Hashable {
  case shared
  /// Workers of its own, behind a local socket.
  case dedicated(Dedicated)

  public struct Dedicated: Sendable, Hashable {
    public var workers = 1
    /// Bytes that one of them may have in memory; nil for no limit.
    public var memory: Int?
    /// Processors that they share; nil for all.
    public var processors: Int?
  }
}

/// `shared`, `dedicated`, or what a dedicated one may use: `{ workers: 2, memory: 512MiB, cpus: 1 }`.
func readIsolation(_ fields: Fields) -> Isolation? {
  guard let value = fields.entry("isolation")?.value else { return .shared }
  guard value.map != nil else {
    return fields.read("isolation") { text throws(Mistake) in
      switch text {
      case "shared": .shared
      case "dedicated": .dedicated(Isolation.Dedicated())
      default: throw Mistake("is neither shared nor dedicated, nor a map with workers, memory and cpus")
      }
    }
  }
  guard let limits = fields.fields("isolation", keys: ["workers", "memory", "cpus"]) else { return nil }
  var dedicated = Isolation.Dedicated()
  let workers = limits.read("workers") { text throws(Mistake) in try Numbers.whole(text, in: 1...64) }
  dedicated.workers = workers ?? 1
  dedicated.memory = limits.read("memory", Units.memory)
  dedicated.processors = limits.read("cpus") { text throws(Mistake) in try Numbers.whole(text, in: 1...1024) }
  return .dedicated(dedicated)
}

/// Whether a release that crashes in its first minutes is taken back by itself.
public enum RollbackPolicy: String, Sendable, Hashable {
  case auto, manual
}

func readRollback(_ text: String) throws(Mistake) -> RollbackPolicy {
  guard let policy = RollbackPolicy(rawValue: text) else { throw Mistake("is neither auto nor manual") }
  return policy
}
