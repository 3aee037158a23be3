import FunctionKit

/// A row of `payment_method` that is not deleted, without its token: only the provider has use for that.
struct MethodRecord: Codable, Sendable, Equatable {
  var id: ID
  var channel: String
  var cardBrand: String?
  var cardLast4: String?
  var cardExpMonth: Int?
  var cardExpYear: Int?
  var holderName: String?
  var bankCode: String?
  var accountLast4: String?
  var ewalletPhoneMasked: String?
  var displayName: String?
  var isDefault: Bool
  var lastUsedAt: Instant?
  var createdAt: Instant

  static let columns: SQL = """
    id, channel, card_brand, card_last4, card_exp_month, card_exp_year, holder_name, bank_code, account_last4,
    ewallet_phone_masked, display_name, is_default, last_used_at, created_at
    """

  /// What a token is sealed for, so that no row's opens as another's.
  static func place(_ id: ID) -> String { "payment_method:\(id)" }
}

extension Database {
  func method(_ id: ID, of user: ID) async throws -> MethodRecord? {
    try await first(
      """
      select \(MethodRecord.columns) from payment_method
      where id = \(id) and user_id = \(user) and deleted_at is null
      """)
  }

  /// The newest first.
  func methods(of user: ID) async throws -> [MethodRecord] {
    try await all(
      """
      select \(MethodRecord.columns) from payment_method where user_id = \(user) and deleted_at is null
      order by id desc
      """)
  }
}

extension Work {
  /// Makes changes to a user's methods wait for each other.
  func holdMethods(of user: ID) async throws { try await lock("payment_method:\(user)") }

  /// The one of before first: there is never more than one.
  func makeDefault(method id: ID, of user: ID) async throws {
    try await db.run(
      """
      update payment_method set is_default = false, updated_at = \(now)
      where user_id = \(user) and is_default and id <> \(id) and deleted_at is null
      """)
    try await db.run("update payment_method set is_default = true, updated_at = \(now) where id = \(id)")
  }

  /// Forgets methods and their tokens for good.
  func eraseMethods(of user: ID, only id: ID? = nil) async throws {
    try await db.run(
      """
      update payment_method set gateway_token_enc = null, gateway_token_hash = null, holder_name = null,
        display_name = null, ewallet_phone_masked = null, card_last4 = null, account_last4 = null, is_default = false,
        deleted_at = \(now), updated_at = \(now)
      where user_id = \(user) and deleted_at is null and (\(id)::uuid is null or id = \(id))
      """)
  }
}
