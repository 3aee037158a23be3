import FunctionKit

/// Ends a hold. What a person has set on a suspended seller leaves the hold of the suspension behind; settlements that
/// were held meanwhile are approved one by one.
struct ReleaseSeller: Endpoint {
  struct Input: Decodable {
    var sellerId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> SellerHoldView {
    let work = context.ownWork(because: "release_seller")
    try await work.lockSettlements(of: input.sellerId)
    guard let hold = try await work.hold(ofSeller: input.sellerId) else { throw Problem.notFound("hold") }
    try await work.release(seller: input.sellerId)
    let isSuspended = try await work.isSuspended(input.sellerId)
    guard isSuspended, !hold.isAutomatic else {
      return SellerHoldView(input.sellerId, nil)
    }
    let left = try await work.hold(seller: input.sellerId, because: HoldRecord.suspended, by: HoldRecord.system)
    return SellerHoldView(input.sellerId, left)
  }
}
