/// Whether a bundle runs beside the others or in processes of its own, so that what one does can't reach the others.
public enum Isolation: Sendable, Hashable {
  case shared
  /// - Parameters:
  ///   - memory: bytes that one worker may take; nil for as many as the host's own.
  ///   - cpus: processors that its workers may keep busy; nil for however many there are.
  case dedicated(workers: Int = 1, memory: Int? = nil, cpus: Int? = nil)
}

extension Isolation {
  static let workerCounts = 1...256

  fileprivate init(parsing text: String) throws(Mistake) {
    let word: Word = try Numbers.choice(text)
    self = word == .shared ? .shared : .dedicated()
  }

  private enum Word: String, CaseIterable { case shared, dedicated }
}

extension Fields {
  /// Reads `isolation: dedicated`, or with its bounds `isolation: { dedicated: { workers: 2, memory: 512MB, cpus: 1 } }`.
  func readIsolation() -> Isolation? {
    guard let value = value("isolation") else { return nil }
    guard value.map != nil else { return read(value, of: "isolation", Isolation.init(parsing:)) }
    guard let choice = fields("isolation", keys: ["dedicated"]) else { return nil }
    choice.require("dedicated", example: "{ workers: 2 }")
    guard let bounds = choice.fields("dedicated", keys: ["workers", "memory", "cpus"]) else { return nil }
    let workers = bounds.read("workers") { text throws(Mistake) in try Numbers.whole(text, in: Isolation.workerCounts) }
    let memory = bounds.read("memory", Units.memory)
    let cpus = bounds.read("cpus") { text throws(Mistake) in try Numbers.whole(text, in: Isolation.workerCounts) }
    return .dedicated(workers: workers ?? 1, memory: memory, cpus: cpus)
  }
}

/// Which release the host goes back to by itself.
public enum Rollback: String, Sendable, Hashable, CaseIterable {
  /// A new release whose functions crash makes way for the one before.
  case auto
  /// A person decides.
  case manual
}
