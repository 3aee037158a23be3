import FunctionKit

/// What a campaign gives to one user.
struct CampaignAward: Sendable {
  var campaign: ID
  var user: ID
  var amount: Int
  var reference: Journal.Reference
  /// The campaign's own days unless said.
  var expiresAt: Instant?
}

extension Problem {
  static let budgetExhausted = Problem(409, "budget_exhausted", "The campaign is over, or has given all that it may.")
}

extension Work {
  /// Gives a user a campaign's credit, once, within its budget. The wallet is locked before the campaign, as always.
  /// - Throws: ``Problem`` 404, 409 `already_awarded`, 409 `budget_exhausted`.
  func award(_ award: CampaignAward) async throws -> TransactionRecord {
    let wallet = try await ensureWallet(.buyer, ofOwner: award.user, user: award.user)
    guard let campaign = try await lockCampaign(award.campaign) else { throw Problem.notFound("campaign") }
    let isAwarded: Bool = try await db.one(
      "select exists (select from promo_award where campaign_id = \(campaign.id) and user_id = \(award.user))")
    guard !isAwarded else {
      throw Problem(409, "already_awarded", "This campaign has given its credit to the user before.")
    }
    guard campaign.runs(at: now), campaign.hasRoom(for: award.amount) else { throw Problem.budgetExhausted }
    let lot = NewLot(
      source: "promotional", campaign: campaign.id, amount: award.amount, minOrder: campaign.minOrderAmount,
      expiresAt: award.expiresAt ?? now + .days(Int64(campaign.creditDays)))
    guard let made = try await grant(lot, to: wallet, about: award.reference, campaign.name) else {
      throw Problem.referenceReused("credit", award.reference.id)
    }
    try await count(award, made.id)
    return made
  }

  func lockCampaign(_ id: ID) async throws -> CampaignRecord? {
    try await db.first("select \(CampaignRecord.columns) from promotional_credit where id = \(id) for update")
  }

  private func count(_ award: CampaignAward, _ transaction: ID) async throws {
    try await db.run(
      """
      update promotional_credit set awarded_count = awarded_count + 1, spent = spent + \(award.amount),
        updated_at = \(now)
      where id = \(award.campaign)
      """)
    try await db.run(
      """
      insert into promo_award (campaign_id, user_id, amount, transaction_id, created_at)
      values (\(award.campaign), \(award.user), \(award.amount), \(transaction), \(now))
      """)
  }
}
