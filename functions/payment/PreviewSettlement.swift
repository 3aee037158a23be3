import FunctionKit

/// What a seller would be settled now, which nobody has decided yet.
struct PreviewSettlement: Endpoint {
  struct Input: Decodable {
    /// For finance; a seller sees their own.
    var sellerId: ID?
  }

  struct Preview: Codable, Sendable {
    var sellerId: ID
    var gross: Int
    var refunds: Int
    var commission: Int
    var adjustments: Int
    var carryIn: Int
    var net: Int
    var orderCount: Int
    /// Where it would be left: `completed`, `carried_forward`, `held` or `calculated`.
    var status: SettlementStatus
    /// The first thousand; `orderCount` tells how many there are.
    var lines: [SettlementLineView]
    var adjustmentList: [AdjustmentView]
  }

  func handle(_ input: Input, context: Context) async throws -> Preview {
    guard let seller = try context.requireSeller(input.sellerId) else {
      throw Problem.invalid("sellerId", "must name the seller")
    }
    let dues = try await context.db.dues(of: seller, before: context.now)
    let sums = dues.sums
    let isHeld = try await context.db.holdReason(of: seller) != nil
    return Preview(
      sellerId: seller, gross: sums.gross, refunds: sums.refunds, commission: sums.commission,
      adjustments: sums.adjustments, carryIn: sums.carryIn, net: sums.net, orderCount: dues.sales.count,
      status: SettlementStatus.path(to: sums.verdict(isHeld: isHeld)).last ?? .calculated,
      lines: dues.sales.prefix(GetSettlement.mostLines).map(SettlementLineView.init),
      adjustmentList: dues.adjustments.map(AdjustmentView.init))
  }
}
