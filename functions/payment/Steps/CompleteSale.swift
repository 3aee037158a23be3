import FunctionKit

extension Work {
  /// The safety net: an order that is completed without anybody saying so is asked after this long after its delivery.
  private static let net: Duration = .days(10)

  /// A completed order's sale may be settled from now on. One that is settled or refunded already is left alone; a waived
  /// one stays waived, and is paid all the same.
  /// - Parameter base: what the order service says that the sale comes to; nil when it says nothing.
  func complete(_ sale: CommissionRecord, at completedAt: Instant, base: Int?) async throws -> CommissionRecord {
    guard sale.isAwaited else { return sale }
    // A return that is known here and not there yet, or there and not here, looks the same as a wrong sum. Correcting it
    // would pay or charge the seller once more when the other half comes.
    if let base, base != sale.base {
      context.log.error(
        "order \(sale.orderId) comes to \(base) for its seller there, and to \(sale.base) here, which is what counts")
    }
    let status: CommissionStatus = sale.status == .pending ? .collectible : sale.status
    let completed: CommissionRecord = try await db.one(
      """
      update commission_ledger set status = \(status), collectible_at = \(min(completedAt, now)), version = version + 1,
        updated_at = \(now)
      where id = \(sale.id) returning \(CommissionRecord.columns)
      """)
    guard status != sale.status else { return completed }
    try sale.status.mustAllow(status)
    try await record(sale.id, from: sale.status, to: status)
    try await emit(CommissionCollectible(completed, at: now))
    return completed
  }

  /// Has the sale come to another amount, of which the house bears the difference.
  /// - Parameter base: what is left of it, without what has been given back.
  func correct(_ sale: CommissionRecord, to base: Int) async throws -> CommissionRecord {
    try await post([.baseCorrection(sale, by: base - sale.base)])
    return try await db.one(
      """
      update commission_ledger set base_amount = reversed_base + \(base),
        commission_amount = \(share(of: base, basisPoints: sale.rateBp)), version = version + 1, updated_at = \(now)
      where id = \(sale.id) returning \(CommissionRecord.columns)
      """)
  }

  /// The earliest delivery counts.
  func startReturnWindow(of sale: CommissionRecord, at deliveredAt: Instant) async throws {
    guard sale.isAwaited else { return }
    try await db.run(
      """
      update commission_ledger set delivered_at = least(delivered_at, \(deliveredAt)),
        collectible_after = least(collectible_after, \(deliveredAt + Self.net)), updated_at = \(now)
      where id = \(sale.id)
      """)
  }
}

extension CommissionRecord {
  /// Whether it still has to be heard that the order is completed.
  var isAwaited: Bool { status == .pending || (status == .waived && collectibleAt == nil) }
}
