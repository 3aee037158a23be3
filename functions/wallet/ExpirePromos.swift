import FunctionKit

/// Takes back what is left of promotional credit whose time is over.
struct ExpirePromos: CronJob {
  private static let step = 100

  func handle(_ tick: Tick, context: Context) async throws {
    var last: ID?
    while true {
      let due: [LotRecord] = try await context.db.all(
        """
        select \(LotRecord.columns) from promo_lot
        where remaining > 0 and expires_at <= \(context.now) and (\(last)::uuid is null or id > \(last)::uuid)
        order by id limit \(Self.step)
        """)
      for lot in due {
        try await context.skippingFailures("lot \(lot.id) has expired") { try await expire(lot, context) }
      }
      guard due.count == Self.step else { return }
      last = due.last?.id
    }
  }

  private func expire(_ lot: LotRecord, _ context: Context) async throws {
    try await context.work(because: "expire_promos") { work in
      let wallet = try await work.lockWallet(lot.walletId)
      try await work.lapse([lot.id], of: wallet, about: Journal.Reference(type: "promo_lot", id: lot.id))
    }
  }
}
