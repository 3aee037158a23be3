import FunctionKit

/// A row of `topup`.
struct TopUpRecord: Decodable, Sendable {
  var id: ID
  var topupNumber: String
  var walletId: ID
  var amount: Int
  var bonusAmount: Int
  var paymentId: ID?
  var paymentUrl: String?
  var feeAmount: Int
  var status: TopUpStatus
  var paidAt: Instant?
  var expiresAt: Instant
  var createdAt: Instant

  static let columns: SQL = """
    id, topup_number, wallet_id, amount, bonus_amount, payment_id, payment_url, fee_amount, status, paid_at, expires_at,
    created_at
    """

  var reference: Journal.Reference { Journal.Reference(type: "topup", id: id) }
}

extension Database {
  func topUp(_ id: ID, ofUser user: ID) async throws -> TopUpRecord? {
    try await first(
      """
      select \(TopUpRecord.columns) from topup
      where id = \(id) and wallet_id in (select id from wallet where user_id = \(user) and status <> 'suspended')
      """)
  }
}

extension Work {
  /// A top-up and its wallet, locked.
  func lock(topUp id: ID) async throws -> (topUp: TopUpRecord, wallet: WalletRecord)? {
    guard let owner: ID = try await db.first("select wallet_id from topup where id = \(id)") else { return nil }
    let wallet = try await lockWallet(owner)
    let topUp: TopUpRecord = try await db.one("select \(TopUpRecord.columns) from topup where id = \(id) for update")
    return (topUp, wallet)
  }

  func set(_ topUp: TopUpRecord, to status: TopUpStatus) async throws {
    try topUp.status.mustAllow(status)
    try await db.run(
      """
      update topup set status = \(status), paid_at = \(status == .paid ? now : nil), updated_at = \(now)
      where id = \(topUp.id)
      """)
    try await record(topUp.id, from: topUp.status, to: status)
  }
}
