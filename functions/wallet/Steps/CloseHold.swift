import FunctionKit

extension Work {
  /// A hold and its wallet, locked.
  func lock(hold id: ID) async throws -> (hold: HoldRecord, wallet: WalletRecord)? {
    guard let found = try await db.hold(id) else { return nil }
    let wallet = try await lockWallet(found.walletId)
    let hold: HoldRecord = try await db.one("select \(HoldRecord.columns) from wallet_hold where id = \(id) for update")
    return (hold, wallet)
  }

  /// Ends a hold without taking anything.
  func free(_ hold: HoldRecord, of wallet: WalletRecord, as status: HoldStatus) async throws {
    try hold.status.mustAllow(status)
    try await close(hold, as: status, captured: 0)
    try await giveBack(hold.parts, of: hold, wallet)
  }

  func close(_ hold: HoldRecord, as status: HoldStatus, captured: Int) async throws {
    try await db.run(
      """
      update wallet_hold set status = \(status), captured_amount = \(captured), closed_at = \(now), updated_at = \(now)
      where id = \(hold.id)
      """)
    try await record(hold.id, from: hold.status, to: status)
  }

  /// Money returns to the buckets that it came from; lots that have expired meanwhile lapse at once.
  func giveBack(_ parts: Parts, of hold: HoldRecord, _ wallet: WalletRecord) async throws {
    guard parts.total > 0 else { return }
    _ = try await post(.release(parts, of: wallet.id, hold.id))
    var rest = parts.promo
    var expired: [ID] = []
    // What was taken first is captured first, so that what was taken last comes back.
    for use in try await db.uses(of: hold.id).reversed() where rest > 0 {
      let back = min(rest, use.amount)
      rest -= back
      try await change(use.lotId, by: back)
      try await db.run(
        "update promo_use set returned = \(back) where hold_id = \(hold.id) and lot_id = \(use.lotId)")
      if use.expiresAt <= now { expired.append(use.lotId) }
    }
    try await lapse(expired, of: wallet, about: Journal.Reference(type: "hold", id: hold.id))
  }
}
