import FunctionKit

/// Shows a settlement with what it is made of, to its seller and to finance.
struct GetSettlement: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  struct Detail: Codable, Sendable {
    var settlement: SettlementView
    /// The first thousand; `orderCount` tells how many there are.
    var lines: [SettlementLineView]
    var adjustments: [AdjustmentView]
  }

  static let mostLines = 1000

  func handle(_ input: Input, context: Context) async throws -> Reply<Detail> {
    let found = try await context.db.settlement(input.id)
    let own = context.caller.isPrivileged ? found?.sellerId : context.caller.sellerID
    try context.requireOwner(own == nil ? nil : context.caller.userID, of: "settlement")
    guard let found, found.sellerId == own else { throw Problem.notFound("settlement") }
    let lines = try await context.db.settlementLines(of: found.id, most: Self.mostLines)
    let adjustments = try await context.db.adjustments(of: found.id)
    let detail = Detail(
      settlement: SettlementView(found), lines: lines.map(SettlementLineView.init),
      adjustments: adjustments.map(AdjustmentView.init))
    return Reply(detail).version(found.version)
  }
}
