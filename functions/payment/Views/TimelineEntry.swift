import FunctionKit

/// One thing that happened to a payment, its invoice or its refunds.
struct TimelineEntry: Codable, Sendable {
  enum Kind: String, Codable, Sendable, CaseIterable {
    /// A state has changed.
    case history
    /// The provider was called.
    case gatewayCall = "gateway_call"
    /// It was written into the books.
    case journal
  }

  struct Amount: Codable, Sendable {
    var account: String
    /// Rupiah, debits positive.
    var amount: Int
  }

  var at: Instant
  var kind: Kind
  /// What it happened to: `payment`, `invoice`, `refund`, `payout` or `order`.
  var entity: String
  var entityId: ID
  /// The function at work, the call, or the kind of journal.
  var what: String
  var fromState: String?
  var toState: String?
  /// Of the provider's answer; null when none came.
  var responseStatus: Int?
  var errorCode: String?
  /// The rest is for staff and services.
  var actor: String?
  var note: String?
  var amounts: [Amount]?
}

extension TimelineEntry {
  /// What the buyer sees of it.
  var forPayer: TimelineEntry {
    var entry = self
    (entry.actor, entry.note, entry.amounts) = (nil, nil, nil)
    return entry
  }
}
