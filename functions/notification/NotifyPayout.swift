import FunctionKit

/// Tells sellers and owners of wallets what was paid to them, or came back.
struct NotifyPayout: EventHandler {
  struct Input: Decodable {
    var settlementId: ID?
    var sellerUserId: ID?
    var withdrawalId: ID?
    var userId: ID?
    /// Rupiah.
    var amount: Int?
    var netAmount: Int?
    var orderCount: Int?
    var accountLast4: String?
  }

  func handle(_ payout: Input, context: Context) async throws {
    guard let user = payout.userId ?? payout.sellerUserId else { return }
    let isSettlement = payout.settlementId != nil
    try await context.tell(
      Announcement(
        userID: user, relatedType: isSettlement ? "settlement" : "withdrawal",
        relatedID: payout.settlementId ?? payout.withdrawalId, values: payout.values))
  }
}

extension NotifyPayout.Input {
  fileprivate var values: [String: TemplateValue] {
    known([
      "settlementId": settlementId.map(TemplateValue.id), "withdrawalId": withdrawalId.map(TemplateValue.id),
      "amount": (netAmount ?? amount).map(TemplateValue.rupiah), "orders": orderCount.map { .text(String($0)) },
      "last4": accountLast4.map(TemplateValue.text),
    ])
  }
}
