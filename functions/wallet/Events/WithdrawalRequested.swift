import FunctionKit

/// Somebody wants their money at a bank.
struct WithdrawalRequested: Event {
  static let type = "withdrawal.requested"

  var withdrawalId: ID
  var withdrawalNumber: String
  var walletId: ID
  var kind: WalletKind
  var ownerId: ID
  var userId: ID
  var amount: Int
  var fee: Int
  var netAmount: Int
  var isAuto: Bool
  var at: Instant

  var subject: String { withdrawalId.description }

  init(_ withdrawal: WithdrawalRecord, of wallet: WalletRecord, at: Instant) {
    withdrawalId = withdrawal.id
    withdrawalNumber = withdrawal.withdrawalNumber
    walletId = wallet.id
    kind = wallet.kind
    ownerId = wallet.ownerId
    userId = wallet.userId
    amount = withdrawal.amount
    fee = withdrawal.fee
    netAmount = withdrawal.netAmount
    isAuto = withdrawal.isAuto
    self.at = at
  }
}
