import FunctionKit

/// Lets a correction that waits take effect, or refuses it. Nobody decides about their own.
struct DecideAdjustment: Endpoint {
  struct Input: Decodable {
    var id: ID
    var approve: Bool
  }

  func handle(_ input: Input, context: Context) async throws -> AdjustmentView {
    let work = context.ownWork(because: "decide_adjustment")
    guard let found = try await work.db.adjustment(input.id) else { throw Problem.notFound("adjustment") }
    let wallet = try await work.lockWallet(found.walletId)
    let adjustment: AdjustmentRecord = try await work.db.one(
      "select \(AdjustmentRecord.columns) from adjustment_request where id = \(input.id) for update")
    try adjustment.status.mustAllow(input.approve ? .applied : .rejected)
    guard adjustment.requestedBy != work.actor else {
      throw Problem(409, "same_approver", "Whoever asked for an adjustment does not decide about it.")
    }
    if input.approve {
      try await work.apply(adjustment, to: wallet)
    } else {
      try await work.decide(adjustment, .rejected)
    }
    return try await AdjustmentView(work.db.adjustment(adjustment.id) ?? adjustment)
  }
}
