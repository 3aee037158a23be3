import FunctionKit

/// A movement as the wallet's user sees it.
struct TransactionView: Codable, Sendable {
  var id: ID
  var transactionNumber: String
  var walletId: ID
  var type: TransactionRecord.Kind
  var direction: TransactionRecord.Direction
  var amount: Int
  var cashAmount: Int
  var promoAmount: Int
  var balanceBefore: Int
  var balanceAfter: Int
  var referenceType: String
  var referenceId: ID
  var orderId: ID?
  var paymentId: ID?
  var reversesId: ID?
  var description: String
  var expiresAt: Instant?
  var createdAt: Instant

  init(_ transaction: TransactionRecord) {
    id = transaction.id
    transactionNumber = transaction.transactionNumber
    walletId = transaction.walletId
    type = transaction.type
    direction = transaction.direction
    amount = transaction.amount
    cashAmount = transaction.cashAmount
    promoAmount = transaction.promoAmount
    balanceBefore = transaction.balanceBefore
    balanceAfter = transaction.balanceAfter
    referenceType = transaction.referenceType
    referenceId = transaction.referenceId
    orderId = transaction.orderId
    paymentId = transaction.paymentId
    reversesId = transaction.reversesId
    description = transaction.description
    expiresAt = transaction.expiresAt
    createdAt = transaction.createdAt
  }
}
