import FunctionKit

/// A row of `payout`.
struct PayoutRecord: Decodable, Sendable, Equatable {
  var id: ID
  var payoutNumber: String
  var kind: PayoutKind
  var referenceId: ID
  var amount: Int
  var gatewayFee: Int?
  var channelCode: String
  var accountEnc: Sealed
  var accountLast4: String
  var accountHolder: String
  var status: PayoutStatus
  var attempts: Int
  var externalId: String
  var gatewayRef: String?
  var failureCode: String?
  var retryAt: Instant?
  var isBooked: Bool
  var booking: Int
  var createdAt: Instant
  var completedAt: Instant?

  static let columns: SQL = """
    id, payout_number, kind, reference_id, amount, gateway_fee, channel_code, account_enc, account_last4,
    account_holder, status, attempts, external_id, gateway_ref, failure_code, retry_at, is_booked, booking, created_at,
    completed_at
    """

  /// What an attempt is called at the provider.
  static func externalId(_ id: ID, attempt: Int) -> String { "pyt_\(id)_\(attempt)" }

  /// The payout that a name of an attempt belongs to; nil for a name that is not ours.
  static func id(ofExternal externalId: String) -> ID? {
    let parts = externalId.split(separator: "_", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == "pyt" ? ID(String(parts[1])) : nil
  }
}

extension Database {
  func payout(_ id: ID) async throws -> PayoutRecord? {
    try await first("select \(PayoutRecord.columns) from payout where id = \(id)")
  }

  func payout(_ kind: PayoutKind, of reference: ID) async throws -> PayoutRecord? {
    try await first(
      "select \(PayoutRecord.columns) from payout where kind = \(kind) and reference_id = \(reference)")
  }
}

extension Work {
  /// What it pays is held first, the order that everybody keeps.
  func holdPayout(_ id: ID) async throws -> PayoutRecord? {
    if let payout = try await db.payout(id), payout.kind == .refund { _ = try await holdRefund(payout.referenceId) }
    return try await db.first("select \(PayoutRecord.columns) from payout where id = \(id) for no key update")
  }

  /// The payout that a report is about: by our name for it, of whichever attempt, else by the provider's.
  func holdPayout(reported report: PayoutReport) async throws -> PayoutRecord? {
    let id = PayoutRecord.id(ofExternal: report.externalId)
    let found = try await db.first(
      """
      select id from payout where id = \(id)::uuid or gateway_ref = \(report.gatewayRef)
      order by id = \(id)::uuid desc nulls last limit 1
      """, as: ID.self)
    guard let found else { return nil }
    return try await holdPayout(found)
  }
}
