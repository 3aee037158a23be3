import FunctionKit

/// Corrects a wallet, at once where finance may do so alone, else when somebody else of finance agrees.
struct RequestAdjustment: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    /// Rupiah, negative to take away.
    var amount: Int
    var bucket: Bucket
    var reason: String
    /// When promotional credit ends that is given.
    var expiresAt: Instant?

    static let limits: [String: FieldLimit] = [
      "amount": .range(-AdjustmentPolicy.most...AdjustmentPolicy.most), "reason": .text(10...500),
    ]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<AdjustmentView> {
    let work = context.ownWork(because: "request_adjustment")
    guard try await work.db.wallet(input.id) != nil else { throw Problem.notFound("wallet") }
    let wallet = try await work.lockWallet(input.id)
    try input.validate(wallet, at: work.now)
    guard AdjustmentPolicy.isFinance(context.caller.roles) || abs(input.amount) <= AdjustmentPolicy.ofSupport else {
      throw Problem(403, "over_limit", "Support may ask for at most Rp \(AdjustmentPolicy.ofSupport).")
    }
    let made = try await work.insert(input)
    if AdjustmentPolicy.appliesAtOnce(input.amount, roles: context.caller.roles) {
      try await work.apply(made, to: wallet)
    }
    return try await Reply(AdjustmentView(work.db.adjustment(made.id) ?? made), status: 201)
  }
}

extension RequestAdjustment.Input {
  fileprivate func validate(_ wallet: WalletRecord, at now: Instant) throws {
    var validation = Validation()
    validation.range(amount, "amount", -AdjustmentPolicy.most...AdjustmentPolicy.most)
    validation.require(amount != 0, "amount", "must not be 0")
    validation.text(reason, "reason", length: 10...500)
    validation.require(bucket == .cash || wallet.kind == .buyer, "bucket", "must be cash for a seller's wallet")
    let isAhead = expiresAt.map { $0 > now } ?? false
    validation.require(
      isAhead || bucket == .cash || amount < 0, "expiresAt", "must be ahead, for promotional credit", code: "required")
    try validation.finish()
  }
}

extension Work {
  fileprivate func insert(_ input: RequestAdjustment.Input) async throws -> AdjustmentRecord {
    let id = context.newID()
    try await record(id, from: AdjustmentStatus?.none, to: .pending)
    return try await db.one(
      """
      insert into adjustment_request (id, wallet_id, amount, bucket, reason, expires_at, requested_by, created_at,
        updated_at)
      values (\(id), \(input.id), \(input.amount), \(input.bucket), \(input.reason), \(input.expiresAt), \(actor),
        \(now), \(now))
      returning \(AdjustmentRecord.columns)
      """)
  }
}
