import FunctionKit

/// Gives many users a campaign's credit, each in a transaction of their own, so that what is done stays done when a
/// long list is cut off. Repeating it gives nobody twice.
struct AwardPromotion: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var userIds: [ID]

    static let limits: [String: FieldLimit] = ["userIds": .count(counts)]
    fileprivate static let counts = 1...10_000
  }

  struct Awarded: Codable, Sendable {
    var awarded: Int
    /// Had it before, are not among those that it is for, or came after the end of the budget.
    var skipped: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Awarded {
    guard Input.counts.contains(input.userIds.count) else {
      throw Problem.invalid("userIds", "must have 1 to 10000 entries", code: "length")
    }
    guard let campaign = try await context.db.campaign(input.id) else { throw Problem.notFound("campaign") }
    let users = Set(input.userIds)
    let targets = Set(campaign.targetUserIds)
    var awarded = 0
    var isExhausted = false
    for user in users.sorted() where !isExhausted && (targets.isEmpty || targets.contains(user)) {
      do {
        try await award(campaign, to: user, context)
        awarded += 1
      } catch let problem as Problem where problem.code == "already_awarded" {
        continue
      } catch let problem as Problem where problem == .budgetExhausted {
        guard awarded > 0 else { throw problem }
        isExhausted = true
      }
    }
    return Awarded(awarded: awarded, skipped: users.count - awarded)
  }

  private func award(_ campaign: CampaignRecord, to user: ID, _ context: Context) async throws {
    try await context.work(because: "award_promotion") { work in
      _ = try await work.award(
        CampaignAward(
          campaign: campaign.id, user: user, amount: campaign.creditAmount,
          reference: Journal.Reference(type: "campaign_award", id: context.newID())))
    }
  }
}
