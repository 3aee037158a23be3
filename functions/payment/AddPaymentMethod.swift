import FunctionKit

/// Keeps how a user likes to pay: the provider's token for it, sealed, and nothing of the card or account itself.
struct AddPaymentMethod: Endpoint {
  struct Input: Decodable, Limited {
    var channel: String
    var gatewayToken: String
    var displayName: String?

    static let limits: [String: FieldLimit] = ["channel": .text(1...40), "displayName": .text(names)]
    fileprivate static let names = 1...100
  }

  private static let most = 10

  func handle(_ input: Input, context: Context) async throws -> Reply<MethodRecord> {
    try input.validate()
    let user = try context.requireUser()
    guard try await context.db.usableChannel(input.channel) != nil else { throw Problem.notFound("channel") }
    let work = context.ownWork(because: "add_payment_method")
    try await work.holdMethods(of: user)
    let hash = try context.fingerprint("\(input.channel):\(input.gatewayToken)", with: PayoutRecord.sealingKey)
    if let known = try await work.db.method(of: user, hash: hash) { return Reply(known, status: 201) }
    let others = try await work.db.methods(of: user)
    guard others.count < Self.most else {
      throw Problem(409, "too_many_methods", "There are \(Self.most) ways to pay already; remove one first.")
    }
    let id = try await work.insert(input, hash, of: user, isDefault: others.isEmpty)
    guard let method = try await work.db.method(id, of: user) else { throw Problem.notFound("payment method") }
    return Reply(method, status: 201)
  }
}

extension AddPaymentMethod.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.text(channel, "channel", length: 1...40)
    validation.text(displayName, "displayName", length: Self.names)
    try validation.finish()
    guard gatewayToken.wholeMatch(of: /[A-Za-z0-9_.:\-]{8,255}/) != nil else { throw Problem.tokenRejected }
    // Somebody has sent the card's number in the token's place; it is never kept.
    guard gatewayToken.wholeMatch(of: /[0-9]{12,19}/) == nil else { throw Problem.tokenRejected }
  }
}

extension Database {
  fileprivate func method(of user: ID, hash: Bytes) async throws -> MethodRecord? {
    try await first(
      """
      select \(MethodRecord.columns) from payment_method
      where user_id = \(user) and gateway_token_hash = \(hash) and deleted_at is null
      """)
  }
}

extension Work {
  fileprivate func insert(
    _ input: AddPaymentMethod.Input, _ hash: Bytes, of user: ID, isDefault: Bool
  ) async throws -> ID {
    let id = context.newID()
    let token = try context.seal(input.gatewayToken, with: PayoutRecord.sealingKey, for: MethodRecord.place(id))
    try await db.run(
      """
      insert into payment_method (id, user_id, channel, gateway_token_enc, gateway_token_hash, display_name, is_default,
        created_at, updated_at)
      values (\(id), \(user), \(input.channel), \(token), \(hash), \(input.displayName), \(isDefault), \(now), \(now))
      """)
    return id
  }
}

extension Problem {
  fileprivate static let tokenRejected = Problem(
    422, "token_rejected", "This is no token of the provider's; have it make one from the card or account.")
}
