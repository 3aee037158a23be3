import FunctionKit

/// A payout as services and finance see it: the account by its last digits only.
struct PayoutView: Codable, Sendable {
  var id: ID
  var payoutNumber: String
  var kind: PayoutKind
  var referenceId: ID
  var amount: Int
  var gatewayFee: Int?
  var channelCode: String
  var accountLast4: String
  var accountHolder: String
  var status: PayoutStatus
  var attempts: Int
  var failureCode: String?
  /// When a failed one is tried again by itself.
  var retryAt: Instant?
  var createdAt: Instant
  var completedAt: Instant?

  init(_ payout: PayoutRecord) {
    id = payout.id
    payoutNumber = payout.payoutNumber
    kind = payout.kind
    referenceId = payout.referenceId
    amount = payout.amount
    gatewayFee = payout.gatewayFee
    channelCode = payout.channelCode
    accountLast4 = payout.accountLast4
    accountHolder = payout.accountHolder
    status = payout.status
    attempts = payout.attempts
    failureCode = payout.failureCode
    retryAt = payout.retryAt
    createdAt = payout.createdAt
    completedAt = payout.completedAt
  }
}
