import FunctionKit

/// A wallet as its user sees it.
struct MyWalletView: Codable, Sendable {
  /// Nil before the first money.
  var id: ID?
  var kind: WalletKind
  var cash: Int
  var promo: Int
  var held: Int
  var available: Int
  /// Cashback that is earned but not due yet.
  var pendingCashback: Int
  var status: WalletStatus
  /// Promotional credit that ends within a week, the soonest first.
  var expiringPromo: [Expiring]
  var autoWithdraw: Bool

  struct Expiring: Codable, Sendable {
    var amount: Int
    var expiresAt: Instant
  }

  /// A buyer's before it exists.
  static let none = MyWalletView(
    kind: .buyer, cash: 0, promo: 0, held: 0, available: 0, pendingCashback: 0, status: .active, expiringPromo: [],
    autoWithdraw: false)

  static func load(_ wallet: WalletRecord, at now: Instant, from db: Database) async throws -> MyWalletView {
    let pending: Int = try await db.one(
      """
      select coalesce(sum(amount), 0)::bigint from cashback_award
      where wallet_id = \(wallet.id) and status = 'pending'
      """)
    let soon = try await db.lots(of: wallet.id).filter { $0.expiresAt <= now + .days(7) }
    return MyWalletView(
      id: wallet.id, kind: wallet.kind, cash: wallet.cashBalance, promo: wallet.promoBalance, held: wallet.heldBalance,
      available: wallet.cashBalance + wallet.promoBalance, pendingCashback: pending, status: wallet.status,
      expiringPromo: soon.map { Expiring(amount: $0.remaining, expiresAt: $0.expiresAt) },
      autoWithdraw: wallet.autoWithdraw)
  }
}
