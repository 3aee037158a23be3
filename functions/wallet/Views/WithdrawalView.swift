import FunctionKit

/// A withdrawal as its user and finance see it.
struct WithdrawalView: Codable, Sendable {
  var id: ID
  var withdrawalNumber: String
  var walletId: ID
  var bankAccountId: ID
  var amount: Int
  var fee: Int
  var netAmount: Int
  var channelCode: String
  var accountLast4: String
  var accountHolder: String
  var status: WithdrawalStatus
  var isAuto: Bool
  var reviewReason: String?
  var failureCode: String?
  var reviewedAt: Instant?
  var processingAt: Instant?
  var completedAt: Instant?
  var failedAt: Instant?
  var version: Int
  var createdAt: Instant

  init(_ withdrawal: WithdrawalRecord) {
    id = withdrawal.id
    withdrawalNumber = withdrawal.withdrawalNumber
    walletId = withdrawal.walletId
    bankAccountId = withdrawal.bankAccountId
    amount = withdrawal.amount
    fee = withdrawal.fee
    netAmount = withdrawal.netAmount
    channelCode = withdrawal.channelCode
    accountLast4 = withdrawal.accountLast4
    accountHolder = withdrawal.accountHolder
    status = withdrawal.status
    isAuto = withdrawal.isAuto
    reviewReason = withdrawal.reviewReason
    failureCode = withdrawal.failureCode
    reviewedAt = withdrawal.reviewedAt
    processingAt = withdrawal.processingAt
    completedAt = withdrawal.completedAt
    failedAt = withdrawal.failedAt
    version = withdrawal.version
    createdAt = withdrawal.createdAt
  }
}
