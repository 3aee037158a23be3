import FunctionKit

/// Asks that a seller be paid for taking part in a bazaar, once each. Somebody else has to approve it.
struct RequestBazaarPayment: Endpoint {
  struct Input: Decodable, Limited {
    var sellerId: ID
    var bazaarCampaignId: ID?
    /// 1,000,000 rupiah unless said.
    var amount: Int?
    var bank: BankAccount

    static let limits: [String: FieldLimit] = ["amount": .range(amounts, default: usual)]
    static let amounts = 1...1_000_000_000
    static let usual = 1_000_000
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<BazaarView> {
    var validation = Validation()
    validation.range(input.amount, "amount", Input.amounts)
    input.bank.check("bank", &validation)
    try validation.finish()
    let user = try context.requireUser()
    let work = context.ownWork(because: "request_bazaar_payment")
    return try await Reply(BazaarView(work.request(input, by: user)), status: 201)
  }
}

extension Work {
  /// - Throws: ``Problem`` 409 `already_sponsored`; 422 `channel_disabled` or `amount_out_of_range`.
  fileprivate func request(_ input: RequestBazaarPayment.Input, by user: ID) async throws -> BazaarRecord {
    let amount = input.amount ?? RequestBazaarPayment.Input.usual
    try await db.requirePayoutChannel(input.bank.code, amount: amount)
    let id = context.newID()
    let sealed = try context.seal(
      input.bank.accountNumber, with: PayoutRecord.sealingKey, for: BazaarRecord.place(id))
    let made: BazaarRecord? = try await db.first(
      """
      insert into bazaar_sponsorship_payment (id, seller_id, bazaar_campaign_id, amount, account_enc, account_last4,
        account_holder, bank_code, requested_by, created_at, updated_at)
      values (\(id), \(input.sellerId), \(input.bazaarCampaignId), \(amount), \(sealed),
        \(String(input.bank.accountNumber.suffix(4))), \(input.bank.holder), \(input.bank.code), \(user.description),
        \(now), \(now))
      on conflict (seller_id) where status <> 'cancelled' do nothing returning \(BazaarRecord.columns)
      """)
    guard let made else {
      throw Problem(409, "already_sponsored", "This seller was paid for a bazaar already, or is about to be.")
    }
    try await record(id, from: BazaarStatus?.none, to: .requested, note: user.description)
    return made
  }
}
