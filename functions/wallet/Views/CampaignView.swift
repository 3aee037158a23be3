import FunctionKit

/// A campaign as the staff sees it.
struct CampaignView: Codable, Sendable {
  var id: ID
  var name: String
  var description: String?
  var creditAmount: Int
  var minOrderAmount: Int?
  var validFrom: Instant
  var validUntil: Instant
  var creditDays: Int
  var targetUserCount: Int
  var segment: String?
  var maxAwards: Int?
  var awardedCount: Int
  var budget: Int
  var spent: Int
  var campaignType: String?
  var isActive: Bool
  var version: Int
  var createdAt: Instant

  init(_ campaign: CampaignRecord) {
    id = campaign.id
    name = campaign.name
    description = campaign.description
    creditAmount = campaign.creditAmount
    minOrderAmount = campaign.minOrderAmount
    validFrom = campaign.validFrom
    validUntil = campaign.validUntil
    creditDays = campaign.creditDays
    targetUserCount = campaign.targetUserIds.count
    segment = campaign.segment
    maxAwards = campaign.maxAwards
    awardedCount = campaign.awardedCount
    budget = campaign.budget
    spent = campaign.spent
    campaignType = campaign.campaignType
    isActive = campaign.isActive
    version = campaign.version
    createdAt = campaign.createdAt
  }
}
