internal import FunctionKit

/// A statement that the server knows, or is about to know, by name.
final class Prepared {
  let text: String
  let name: String
  /// The columns of its rows, once seen.
  var shape: RowShape?
  fileprivate(set) var isConfirmed = false
  fileprivate var lastUse = 0

  init(text: String, name: String) {
    self.text = text
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
  private var known: [String: Prepared] = [:]
  private var uses = 0
  private var names = 0

  init(limit: Int = 200) { self.limit = limit }

  var count: Int { known.count }

  mutating func use(_ text: String) -> Use {
    uses += 1
    if let prepared = known[text] {
      prepared.lastUse = uses
      return prepared.isConfirmed ? .ready(prepared) : .unnamed
    }
    var evicted: String?
    if known.count >= limit {
      guard let oldest = oldest() else { return .unnamed }
      known[oldest.text] = nil
      evicted = oldest.name
    }
    names += 1
    let prepared = Prepared(text: text, name: "s\(names)")
    prepared.lastUse = uses
    known[text] = prepared
    return .prepare(prepared, evicted: evicted)
  }

  func confirm(_ prepared: Prepared) { prepared.isConfirmed = true }

  /// Drops one that failed to parse or does not fit the tables any more.
  mutating func forget(_ prepared: Prepared) {
    if known[prepared.text] === prepared { known[prepared.text] = nil }
  }

  private func oldest() -> Prepared? {
    known.values.lazy.filter(\.isConfirmed).min { $0.lastUse < $1.lastUse }
  }
}
