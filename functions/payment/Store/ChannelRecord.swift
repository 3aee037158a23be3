import FunctionKit

/// A row of `payment_channel`.
struct ChannelRecord: Decodable, Sendable, Equatable {
  var code: String
  var kind: String
  var name: String
  var enabled: Bool
  var minAmount: Int
  var maxAmount: Int
  var refundMode: RefundMode
  /// For how many days after it was paid; nil for any time.
  var refundWindowDays: Int?

  static let columns: SQL = "code, kind, name, enabled, min_amount, max_amount, refund_mode, refund_window_days"
}

extension Database {
  func channel(_ code: String?) async throws -> ChannelRecord? {
    guard let code else { return nil }
    return try await first("select \(ChannelRecord.columns) from payment_channel where code = \(code)")
  }
}
