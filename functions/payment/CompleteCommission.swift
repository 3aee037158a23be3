import FunctionKit

/// Lets the next settlement pay a sale, as the event of the completed order does.
struct CompleteCommission: Endpoint {
  struct Input: Decodable {
    var orderId: ID
    var sellerId: ID
    /// Now, unless said.
    var completedAt: Instant?
  }

  func handle(_ input: Input, context: Context) async throws -> CommissionView {
    let work = context.ownWork(because: "complete_commission")
    guard let sale = try await work.holdCommission(ofOrder: input.orderId, seller: input.sellerId) else {
      throw Problem.notFound("commission")
    }
    if sale.status == .collectible { return CommissionView(sale) }
    guard sale.isAwaited else {
      throw Problem.invalidState("commission", from: sale.status.rawValue, to: CommissionStatus.collectible.rawValue)
    }
    return try await CommissionView(work.complete(sale, at: input.completedAt ?? context.now, base: nil))
  }
}
