import FunctionKit

/// A wallet as other services and the staff see it.
struct WalletView: Codable, Sendable {
  var id: ID
  var kind: WalletKind
  var ownerId: ID
  var userId: ID
  var status: WalletStatus
  var frozenAt: Instant?
  var frozenReason: String?
  var cash: Int
  var promo: Int
  var held: Int
  var available: Int
  var totalCredited: Int
  var totalDebited: Int
  var totalCashback: Int
  var autoWithdraw: Bool
  var autoAccountId: ID?
  var version: Int
  var createdAt: Instant

  init(_ wallet: WalletRecord) {
    id = wallet.id
    kind = wallet.kind
    ownerId = wallet.ownerId
    userId = wallet.userId
    status = wallet.status
    frozenAt = wallet.frozenAt
    frozenReason = wallet.frozenReason
    cash = wallet.cashBalance
    promo = wallet.promoBalance
    held = wallet.heldBalance
    available = wallet.cashBalance + wallet.promoBalance
    totalCredited = wallet.totalCredited
    totalDebited = wallet.totalDebited
    totalCashback = wallet.totalCashback
    autoWithdraw = wallet.autoWithdraw
    autoAccountId = wallet.autoAccountId
    version = wallet.version
    createdAt = wallet.createdAt
  }
}
