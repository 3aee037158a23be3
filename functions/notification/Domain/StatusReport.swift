import FunctionKit

/// What a carrier says of a message that it took.
struct StatusReport: Sendable, Equatable {
  /// What it means for the address.
  enum Address: Sendable, Equatable {
    /// Never to be written to again.
    case lost(SuppressionReason)
    /// Not to be had this time.
    case away
    /// Its owner wants no more advertising.
    case unsubscribed
  }

  var carrier: String
  var channel: Channel
  /// The carrier's name for the message.
  var messageID: String
  /// Ours, where the carrier gives it back.
  var notificationID: ID?
  /// Nil for what changes nothing about the message.
  var status: DeliveryStatus?
  var code: String?
  var address: String?
  var meaning: Address?
}

/// Why an address is left alone.
enum SuppressionReason: String, Codable, CaseIterable, Sendable, SQLValue {
  case bounce, complaint, invalid, unsubscribe

  /// Whether somebody has asked for it, rather than that mail came back.
  var isOwnWish: Bool { self == .complaint || self == .unsubscribe }
}
