import FunctionKit

/// What payment asks the order service.
extension Services {
  func order(_ id: ID) async throws -> OrderState {
    try await call("order", .get, "/internal/orders/\(id)", timeout: .seconds(3), retries: 1)
  }
}

/// How far an order has come.
struct OrderState: Decodable, Sendable {
  var status: String

  /// Whether the seller has earned the sale, all of it or in part.
  var isEarned: Bool { status == "completed" || status == "partially_refunded" }
}
