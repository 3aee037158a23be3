import FunctionKit

/// Settles a week at finance's word, or only says what that would come to.
struct RunSettlement: Endpoint {
  struct Input: Decodable {
    /// A Monday, such as `2026-01-12`, of a week that is over.
    var periodStart: String
    /// Only tells what a run would come to.
    var dryRun: Bool?
  }

  /// What is left then is gone on with every hour.
  private static let longest: Duration = .seconds(45)

  func handle(_ input: Input, context: Context) async throws -> BatchView {
    guard let period = SettlementPeriod(monday: input.periodStart) else {
      throw Problem(422, "not_a_monday", "periodStart must be a Monday, such as 2026-01-12.")
    }
    guard period.end <= context.now else {
      throw Problem.invalid("periodStart", "must begin a week that is over")
    }
    if input.dryRun == true { return try await context.tryOut(period) }
    let outcome = try await context.settle(period, until: context.now + Self.longest, because: "run_settlement")
    switch outcome {
    case .ended(let batch): return BatchView(batch)
    case .inProgress:
      throw Problem(409, "run_in_progress", "A settlement is under way; look again when it has come to its end.")
    }
  }
}

extension Context {
  /// A week that is settled already stays what it is.
  fileprivate func tryOut(_ period: SettlementPeriod) async throws -> BatchView {
    if let batch = try await db.batch(of: period), batch.status == .completed { return BatchView(batch) }
    var view = BatchView(trying: period)
    var last = ID.first
    while let seller = try await db.dueSeller(after: last, before: period.end) {
      let dues = try await db.dues(of: seller, before: period.end)
      if !dues.isEmpty { view.add(dues.sums, isHeld: try await db.holdReason(of: seller) != nil) }
      last = seller
    }
    return view
  }
}
