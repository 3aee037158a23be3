import FunctionKit

/// What is told of money that came into a wallet or left it.
struct WalletMoved: Encodable, Sendable {
  var walletId: ID
  var transactionId: ID
  var transactionNumber: String
  var kind: WalletKind
  var ownerId: ID
  var userId: ID
  var type: String
  var amount: Int
  var cashAmount: Int
  var promoAmount: Int
  var balanceAfter: Int
  var referenceType: String
  var referenceId: ID
  var orderId: ID?
  var paymentId: ID?
  var expiresAt: Instant?
  var at: Instant

  init(_ transaction: TransactionRecord, of wallet: WalletRecord) {
    walletId = wallet.id
    transactionId = transaction.id
    transactionNumber = transaction.transactionNumber
    kind = wallet.kind
    ownerId = wallet.ownerId
    userId = wallet.userId
    type = transaction.type.rawValue
    amount = transaction.amount
    cashAmount = transaction.cashAmount
    promoAmount = transaction.promoAmount
    balanceAfter = transaction.balanceAfter
    referenceType = transaction.referenceType
    referenceId = transaction.referenceId
    orderId = transaction.orderId
    paymentId = transaction.paymentId
    expiresAt = transaction.expiresAt
    at = transaction.createdAt
  }
}
