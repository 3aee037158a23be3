internal import FunctionKit

/// A statement that the server knows, or is about to know, by name.
final class Prepared {
  fileprivate let key: StatementText
  let name: String
  /// The columns of its rows, once seen.
  var shape: RowShape?
  fileprivate(set) var isConfirmed = false
  fileprivate var lastUse = 0

  var text: String { key.text }

  fileprivate init(_ key: StatementText, name: String) {
    self.key = key
    self.name = name
  }
}

/// Which statements one connection has prepared, least recently used ones leaving first.
struct StatementCache {
  enum Use {
    /// The server has it.
    case ready(Prepared)
    /// Send the parse along; `evicted` is the name of one to deallocate.
    case prepare(Prepared, evicted: String?)
    /// Its parse is on its way and may fail: go without a name this time, so that no failure spreads.
    case unnamed
  }

  private let limit: Int
  private var known: [StatementText: Prepared] = [:]
  private var uses = 0
  private var names = 0

  init(limit: Int = 200) { self.limit = limit }

  var count: Int { known.count }

  mutating func use(_ text: String) -> Use {
    uses += 1
    let key = StatementText(text: text)
    if let prepared = known[key] {
      prepared.lastUse = uses
      return prepared.isConfirmed ? .ready(prepared) : .unnamed
    }
    var evicted: String?
    if known.count >= limit {
      guard let oldest = oldest() else { return .unnamed }
      known[oldest.key] = nil
      evicted = oldest.name
    }
    names += 1
    let prepared = Prepared(key, name: "s\(names)")
    prepared.lastUse = uses
    known[key] = prepared
    return .prepare(prepared, evicted: evicted)
  }

  func confirm(_ prepared: Prepared) { prepared.isConfirmed = true }

  /// Drops one that failed to parse or does not fit the tables any more.
  mutating func forget(_ prepared: Prepared) {
    if known[prepared.key] === prepared { known[prepared.key] = nil }
  }

  private func oldest() -> Prepared? {
    known.values.lazy.filter(\.isConfirmed).min { $0.lastUse < $1.lastUse }
  }
}
