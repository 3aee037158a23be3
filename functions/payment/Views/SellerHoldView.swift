import FunctionKit

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
