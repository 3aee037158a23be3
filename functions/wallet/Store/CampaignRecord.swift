import FunctionKit

/// A row of `promotional_credit`.
struct CampaignRecord: Decodable, Sendable {
  var id: ID
  var name: String
  var description: String?
  var creditAmount: Int
  var minOrderAmount: Int?
  var validFrom: Instant
  var validUntil: Instant
  var creditDays: Int
  var targetUserIds: [ID]
  var segment: String?
  var maxAwards: Int?
  var awardedCount: Int
  var budget: Int
  var spent: Int
  var campaignType: String?
  var isActive: Bool
  var version: Int
  var createdAt: Instant

  static let columns: SQL = """
    id, name, description, credit_amount, min_order_amount, valid_from, valid_until, credit_days, target_user_ids,
    segment, max_awards, awarded_count, budget, spent, campaign_type, is_active, version, created_at
    """

  /// Whether so much may still be given.
  func hasRoom(for amount: Int) -> Bool { spent + amount <= budget && awardedCount < maxAwards ?? .max }

  func runs(at now: Instant) -> Bool { isActive && validFrom <= now && now < validUntil }
}

extension Database {
  func campaign(_ id: ID) async throws -> CampaignRecord? {
    try await first("select \(CampaignRecord.columns) from promotional_credit where id = \(id)")
  }
}
