import FunctionKit

/// Consents to a bazaar's payment that somebody else has asked for, and pays it out.
///
/// The payout is committed before the provider is asked, so that whatever happens to its answer can be made good later.
struct ApproveBazaarPayment: Endpoint {
  private static let trigger = "approve_bazaar_payment"

  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> BazaarView {
    let user = try context.requireUser()
    let payout = try await context.work(because: Self.trigger) { try await $0.approveBazaar(input.id, by: user) }
    try await context.sendPayout(payout, because: Self.trigger)
    let bazaar: BazaarRecord = try await context.db.one(
      "select \(BazaarRecord.columns) from bazaar_sponsorship_payment where id = \(input.id)")
    return BazaarView(bazaar)
  }
}
