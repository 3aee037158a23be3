/// Cuts a flow once in each of its places and in each way: one cut a round, at the first place that has not had it.
struct CutSearch: Sendable {
  private struct Target: Hashable {
    var place: UInt64
    var cut: Cut
  }

  private let seed: UInt64
  private let share: Double
  private var tried: Set<Target> = []
  private(set) var hasCut = true

  /// - Parameter share: the part of all places that is tried, chosen by the seed.
  init(seed: UInt64, share: Double) {
    self.seed = seed
    self.share = share
  }

  mutating func beginRound() { hasCut = false }

  mutating func cut(at statement: Statement) -> Cut? {
    guard !hasCut else { return nil }
    for (way, cut) in Cut.allCases.enumerated() where isWanted(statement.place, way) {
      guard tried.insert(Target(place: statement.place, cut: cut)).inserted else { continue }
      hasCut = true
      return cut
    }
    return nil
  }

  private func isWanted(_ place: UInt64, _ way: Int) -> Bool {
    var dice = SeededGenerator(seed: seed, .search, place &+ UInt64(way))
    return dice.chance(share)
  }
}
