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

/// Whether a seller's settlements wait, and why.
struct SellerHoldView: Codable, Sendable {
  var sellerId: ID
  var isHeld: Bool
  var reason: String?
  var heldBy: String?
  var heldAt: Instant?

  init(_ seller: ID, _ hold: HoldRecord?) {
    sellerId = seller
    isHeld = hold != nil
    reason = hold?.reason
    heldBy = hold?.heldBy
    heldAt = hold?.heldAt
  }
}
