internal import FunctionKit

/// A row of what is still to be done.
struct DueItem: Sendable, Hashable, Decodable {
  let function: String
  let key: String
  let seq: Int64
}

/// What is due in one bundle and which keys are worked on: decides what may run next.
struct DueQueue {
  private var lines: [String: [DueItem]] = [:]
  private var running: [String: Set<String>] = [:]

  /// One item for each key that is worked on.
  var busy: [DueItem] {
    running.flatMap { function, keys in keys.map { DueItem(function: function, key: $0, seq: 0) } }
  }

  /// How many of a function could run now.
  func count(_ function: String) -> Int { lines[function]?.count { !isRunning($0) } ?? 0 }

  /// Takes over what the database says is due for these functions, in its order.
  mutating func fill(_ functions: [String], with items: [DueItem]) {
    for function in functions { lines[function] = nil }
    for item in items where !isRunning(item) { lines[item.function, default: []].append(item) }
  }

  /// The next items of a function, those of one key together and in order, and marks their keys as running.
  mutating func take(_ function: String, limit: Int) -> [DueItem] {
    guard var line = lines[function] else { return [] }
    var taken: [DueItem] = []
    line.removeAll { item in
      guard taken.count < limit, !isRunning(item) else { return false }
      taken.append(item)
      return true
    }
    lines[function] = line.isEmpty ? nil : line
    guard !taken.isEmpty else { return [] }
    running[function, default: []].formUnion(taken.map(\.key))
    return byKey(taken)
  }

  /// - Parameter unused: what was taken and not tried; it goes first the next time.
  mutating func finish(_ items: [DueItem], unused: [DueItem] = []) {
    guard let function = items.first?.function else { return }
    running[function]?.subtract(items.map(\.key))
    if running[function]?.isEmpty == true { running[function] = nil }
    lines[function, default: []].insert(contentsOf: unused, at: 0)
    if lines[function]?.isEmpty == true { lines[function] = nil }
  }

  private func isRunning(_ item: DueItem) -> Bool { running[item.function]?.contains(item.key) ?? false }

  private func byKey(_ items: [DueItem]) -> [DueItem] {
    var order: [String] = []
    var groups: [String: [DueItem]] = [:]
    for item in items {
      if groups[item.key] == nil { order.append(item.key) }
      groups[item.key, default: []].append(item)
    }
    return order.flatMap { groups[$0, default: []].sorted { $0.seq < $1.seq } }
  }
}
