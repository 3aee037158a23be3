import FunctionKit

/// What the order service tells of a sale, which may come before it is known here that the sale is paid.
struct SaleNews: Codable, Sendable, Equatable {
  enum Kind: String, Codable, SQLValue, Sendable {
    case delivered, completed
  }

  var kind: Kind
  var orderId: ID
  /// Nil where the order's only one is meant.
  var sellerId: ID?
  /// When it happened.
  var at: Instant
  /// What the sale comes to for its seller, as the order service has it.
  var commissionBase: Int?
}
