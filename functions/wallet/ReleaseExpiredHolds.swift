import FunctionKit

/// Sets money free whose payment never came to an end.
struct ReleaseExpiredHolds: CronJob {
  private static let step = 100

  func handle(_ tick: Tick, context: Context) async throws {
    var last: ID?
    while true {
      let due: [ID] = try await context.db.all(
        """
        select id from wallet_hold
        where status = 'active' and expires_at <= \(context.now) and (\(last)::uuid is null or id > \(last)::uuid)
        order by id limit \(Self.step)
        """)
      for hold in due {
        try await context.skippingFailures("hold \(hold) is due") { try await expire(hold, context) }
      }
      guard due.count == Self.step else { return }
      last = due.last
    }
  }

  private func expire(_ id: ID, _ context: Context) async throws {
    try await context.work(because: "release_expired_holds") { work in
      guard let (hold, wallet) = try await work.lock(hold: id), hold.status == .active else { return }
      try await work.free(hold, of: wallet, as: .expired)
    }
  }
}
