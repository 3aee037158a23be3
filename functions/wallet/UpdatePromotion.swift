import FunctionKit

/// Changes what a campaign still has to give; what it gave stays.
struct UpdatePromotion: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var name: String?
    var description: String?
    var validUntil: Instant?
    var maxAwards: Int?
    var budget: Int?
    var isActive: Bool?

    static let limits: [String: FieldLimit] = [
      "name": .text(1...100), "description": .text(0...1000), "maxAwards": .range(PromotionRules.awards),
      "budget": .range(PromotionRules.money),
    ]
  }

  func handle(_ input: Input, context: Context) async throws -> CampaignView {
    let work = context.ownWork(because: "update_promotion")
    guard let campaign = try await work.lockCampaign(input.id) else { throw Problem.notFound("campaign") }
    try context.requireVersion(campaign.version)
    try input.validate(campaign)
    let changed: CampaignRecord = try await work.db.one(
      """
      update promotional_credit set name = \(input.name ?? campaign.name),
        description = \(input.description ?? campaign.description),
        valid_until = \(input.validUntil ?? campaign.validUntil), max_awards = \(input.maxAwards ?? campaign.maxAwards),
        budget = \(input.budget ?? campaign.budget), is_active = \(input.isActive ?? campaign.isActive),
        version = version + 1, updated_at = \(work.now)
      where id = \(campaign.id) returning \(CampaignRecord.columns)
      """)
    return CampaignView(changed)
  }
}

extension UpdatePromotion.Input {
  fileprivate func validate(_ campaign: CampaignRecord) throws {
    var validation = Validation()
    validation.text(name, "name", length: 1...100)
    validation.text(description, "description", length: 0...1000)
    let isLater = validUntil.map { $0 > campaign.validFrom } ?? true
    validation.require(isLater, "validUntil", "must be after validFrom", code: "range")
    validation.range(maxAwards, "maxAwards", max(1, campaign.awardedCount)...PromotionRules.awards.upperBound)
    validation.range(budget, "budget", campaign.spent...PromotionRules.money.upperBound)
    try validation.finish()
  }
}
