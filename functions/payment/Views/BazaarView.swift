import FunctionKit

/// A bazaar's payment as staff see it: the account by its last digits only.
struct BazaarView: Codable, Sendable {
  var id: ID
  var sellerId: ID
  var bazaarCampaignId: ID?
  var direction: String
  /// Rupiah.
  var amount: Int
  var status: BazaarStatus
  var payoutId: ID?
  var bankCode: String
  var accountLast4: String
  var accountHolder: String
  var requestedBy: String
  var approvedBy: String?
  var createdAt: Instant
  var approvedAt: Instant?
  var paidAt: Instant?

  init(_ bazaar: BazaarRecord) {
    id = bazaar.id
    sellerId = bazaar.sellerId
    bazaarCampaignId = bazaar.bazaarCampaignId
    direction = bazaar.direction
    amount = bazaar.amount
    status = bazaar.status
    payoutId = bazaar.payoutId
    bankCode = bazaar.bankCode
    accountLast4 = bazaar.accountLast4
    accountHolder = bazaar.accountHolder
    requestedBy = bazaar.requestedBy
    approvedBy = bazaar.approvedBy
    createdAt = bazaar.createdAt
    approvedAt = bazaar.approvedAt
    paidAt = bazaar.paidAt
  }
}
