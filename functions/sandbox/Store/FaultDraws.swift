import FunctionKit

extension Database {
  func faults() async throws -> Faults { try await one("select \(Faults.columns) from fault") }
}

extension Transaction {
  /// Draws what goes wrong this time; nothing at all is written while nothing is to go wrong.
  func draw<Fault>(_ rates: (Faults) -> [(Fault, Int)]) async throws -> (fault: Fault?, faults: Faults) {
    let faults = try await db.faults()
    let chances = rates(faults)
    guard chances.contains(where: { $0.1 > 0 }) else { return (nil, faults) }
    let index: Int = try await db.one("update fault set draws = draws + 1 returning draws")
    return (Faults.fallsOn(Faults.number(seed: faults.seed, index), chances), faults)
  }
}
