import FunctionKit

/// A row of `bazaar_sponsorship_payment`.
struct BazaarRecord: Decodable, Sendable, Equatable {
  var id: ID
  var sellerId: ID
  var bazaarCampaignId: ID?
  var direction: String
  var amount: Int
  var payoutId: ID?
  var status: BazaarStatus
  var accountEnc: Sealed
  var accountLast4: String
  var accountHolder: String
  var bankCode: String
  var requestedBy: String
  var approvedBy: String?
  var approvedAt: Instant?
  var paidAt: Instant?
  var createdAt: Instant

  static let columns: SQL = """
    id, seller_id, bazaar_campaign_id, direction, amount, payout_id, status, account_enc, account_last4, account_holder,
    bank_code, requested_by, approved_by, approved_at, paid_at, created_at
    """

  static func place(_ id: ID) -> String { "bazaar:\(id)" }
}

extension Work {
  func holdBazaar(_ id: ID) async throws -> BazaarRecord? {
    try await db.first(
      "select \(BazaarRecord.columns) from bazaar_sponsorship_payment where id = \(id) for no key update")
  }

  /// Changes the state, and keeps that it did.
  func move(_ bazaar: BazaarRecord, to status: BazaarStatus, note: String? = nil) async throws -> BazaarRecord {
    try bazaar.status.mustAllow(status)
    try await record(bazaar.id, from: bazaar.status, to: status, note: note)
    return try await db.one(
      """
      update bazaar_sponsorship_payment set status = \(status), paid_at = \(status == .paid ? now : nil),
        version = version + 1, updated_at = \(now)
      where id = \(bazaar.id) returning \(BazaarRecord.columns)
      """)
  }
}
