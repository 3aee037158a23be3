/// Which fault happens where: the same seed always decides the same.
public struct FaultPlan: Sendable, Equatable {
  public let seed: UInt64
  public let odds: FaultOdds

  public init(seed: UInt64, odds: FaultOdds = FaultOdds()) {
    self.seed = seed
    self.odds = odds
  }

  /// - Parameter number: how many statements of all watched databases came before.
  public func cut(atStatement number: Int) -> Cut? { pick(Cut.allCases, odds.statement, .statement, number) }

  public func fault(ofCall number: Int) -> CallFault? { pick(CallFault.allCases, odds.call, .call, number) }

  public func fault(ofDelivery number: Int) -> DeliveryFault? {
    pick(DeliveryFault.allCases, odds.delivery, .delivery, number)
  }

  /// What follows a fault, and after which pause. Number 0 stands for the beginning.
  public func upheaval(afterFault number: Int) -> (upheaval: Upheaval, pause: Duration)? {
    var dice = SeededGenerator(seed: seed, .upheaval, UInt64(number))
    guard dice.chance(odds.upheaval), !odds.upheavals.isEmpty else { return nil }
    let upheaval = odds.upheavals[dice.below(odds.upheavals.count)]
    return (upheaval, .milliseconds(upheaval == .kill ? 50 + dice.below(1450) : 0))
  }

  private func pick<Kind>(
    _ kinds: [Kind], _ odds: Double, _ purpose: SeededGenerator.Purpose, _ number: Int
  ) -> Kind? {
    var dice = SeededGenerator(seed: seed, purpose, UInt64(number))
    return dice.chance(odds) ? kinds[dice.below(kinds.count)] : nil
  }
}
