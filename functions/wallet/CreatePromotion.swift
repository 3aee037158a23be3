import FunctionKit

/// Sets up credit that users can be given, with a budget that it never exceeds.
struct CreatePromotion: Endpoint {
  struct Input: Decodable, Limited {
    var name: String
    var description: String?
    var creditAmount: Int
    var minOrderAmount: Int?
    var validFrom: Instant
    var validUntil: Instant
    var creditDays: Int
    /// Nobody in particular when there are none.
    var targetUserIds: [ID]?
    var segment: String?
    var maxAwards: Int?
    var budget: Int
    var campaignType: String?

    static let limits: [String: FieldLimit] = [
      "name": .text(1...100), "description": .text(0...1000), "creditAmount": .range(PromotionRules.credits),
      "minOrderAmount": .range(PromotionRules.money), "creditDays": .range(PromotionRules.days),
      "targetUserIds": .count(0...10_000), "segment": .text(1...50), "maxAwards": .range(PromotionRules.awards),
      "budget": .range(PromotionRules.money), "campaignType": .text(1...50),
    ]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<CampaignView> {
    try input.validate()
    let work = context.ownWork(because: "create_promotion")
    let id = context.newID()
    try await work.db.run(
      """
      insert into promotional_credit (id, name, description, credit_amount, min_order_amount, valid_from, valid_until,
        credit_days, target_user_ids, segment, max_awards, budget, campaign_type, created_by, created_at, updated_at)
      values (\(id), \(input.name), \(input.description), \(input.creditAmount), \(input.minOrderAmount),
        \(input.validFrom), \(input.validUntil), \(input.creditDays), \(input.targetUserIds ?? []), \(input.segment),
        \(input.maxAwards), \(input.budget), \(input.campaignType), \(work.actor), \(work.now), \(work.now))
      """)
    guard let made = try await work.db.campaign(id) else { throw Problem.notFound("campaign") }
    return Reply(CampaignView(made), status: 201)
  }
}

/// What a campaign may be.
enum PromotionRules {
  static let credits = 1...1_000_000
  static let money = 0...100_000_000_000
  static let days = 1...3650
  static let awards = 1...100_000_000
}

extension CreatePromotion.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.text(name, "name", length: 1...100)
    validation.text(description, "description", length: 0...1000)
    validation.range(creditAmount, "creditAmount", PromotionRules.credits)
    validation.range(minOrderAmount, "minOrderAmount", PromotionRules.money)
    validation.require(validFrom < validUntil, "validUntil", "must be after validFrom", code: "range")
    validation.range(creditDays, "creditDays", PromotionRules.days)
    validation.require(
      targetUserIds?.count ?? 0 <= 10_000, "targetUserIds", "must have at most 10000 entries", code: "length")
    validation.text(segment, "segment", length: 1...50)
    validation.range(maxAwards, "maxAwards", PromotionRules.awards)
    validation.range(budget, "budget", PromotionRules.money)
    validation.text(campaignType, "campaignType", length: 1...50)
    try validation.finish()
  }
}
