import FunctionKit

/// Lets no settlement of a seller be paid until the seller is released.
struct HoldSeller: Endpoint {
  struct Input: Decodable, Limited {
    var sellerId: ID
    var reason: String

    static let limits: [String: FieldLimit] = ["reason": .text(reasonLength)]
    static let reasonLength = 3...500
  }

  func handle(_ input: Input, context: Context) async throws -> SellerHoldView {
    var validation = Validation()
    validation.text(input.reason, "reason", length: Input.reasonLength)
    try validation.finish()
    let user = try context.requireUser()
    let work = context.ownWork(because: "hold_seller")
    try await work.lockSettlements(of: input.sellerId)
    let hold = try await work.hold(seller: input.sellerId, because: input.reason, by: user.description)
    return SellerHoldView(input.sellerId, hold)
  }
}
