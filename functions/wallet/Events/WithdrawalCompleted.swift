import FunctionKit

/// The money of a withdrawal has arrived.
struct WithdrawalCompleted: Event {
  static let type = "withdrawal.completed"

  var withdrawalId: ID
  var withdrawalNumber: String
  var walletId: ID
  var kind: WalletKind
  var ownerId: ID
  var userId: ID
  var amount: Int
  var netAmount: Int
  var channelCode: String
  var accountLast4: String
  var completedAt: Instant

  var subject: String { withdrawalId.description }

  init(_ withdrawal: WithdrawalRecord, of wallet: WalletRecord, at completedAt: Instant) {
    withdrawalId = withdrawal.id
    withdrawalNumber = withdrawal.withdrawalNumber
    walletId = wallet.id
    kind = wallet.kind
    ownerId = wallet.ownerId
    userId = wallet.userId
    amount = withdrawal.amount
    netAmount = withdrawal.netAmount
    channelCode = withdrawal.channelCode
    accountLast4 = withdrawal.accountLast4
    self.completedAt = completedAt
  }
}
