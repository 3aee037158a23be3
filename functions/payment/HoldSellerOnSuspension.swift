import FunctionKit

/// Keeps back what a suspended or banned seller is owed.
struct HoldSellerOnSuspension: EventHandler {
  struct Input: Decodable {
    var sellerId: ID
    var version: Int
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "seller_suspended")
    guard try await work.hear(of: input.sellerId, isSuspended: true, version: input.version) else { return }
    guard try await work.hold(ofSeller: input.sellerId) == nil else { return }
    _ = try await work.hold(seller: input.sellerId, because: HoldRecord.suspended, by: HoldRecord.system)
  }
}
