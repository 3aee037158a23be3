import FunctionKit

/// Ends the hold that a suspension has set; what a person has set stays.
struct ReleaseSellerOnActivation: EventHandler {
  struct Input: Decodable {
    var sellerId: ID
    var version: Int
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "seller_activated")
    guard try await work.hear(of: input.sellerId, isSuspended: false, version: input.version) else { return }
    guard let hold = try await work.hold(ofSeller: input.sellerId), hold.isAutomatic else { return }
    try await work.release(seller: input.sellerId)
  }
}
