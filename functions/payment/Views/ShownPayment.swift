import FunctionKit

/// A payment as callers see it, and whose it is: one row, by its primary key. The database keeps the answer ready.
struct ShownPayment: Decodable, Sendable {
  var id: ID
  var userId: ID
  var shown: Ready<PaymentView>

  static let columns: SQL = "id, user_id, shown"

  /// By its id.
  static func select(_ id: ID) -> SQL { "select \(columns) from payment where id = \(id)" }

  /// The newest one for an order.
  static func select(ofOrder order: ID) -> SQL {
    """
    select \(columns) from payment where purpose = 'order' and reference_id = \(order)
    order by created_at desc, id desc limit 1
    """
  }
}

extension Database {
  func shownPayment(_ id: ID) async throws -> ShownPayment? { try await first(ShownPayment.select(id)) }

  func shownPayment(ofOrder order: ID) async throws -> ShownPayment? {
    try await first(ShownPayment.select(ofOrder: order))
  }

  /// One that is known to be there.
  func shown(_ payment: PaymentRecord) async throws -> Ready<PaymentView> {
    try await one("select shown from payment where id = \(payment.id)")
  }

  /// In the order of the ids.
  func shown(_ payments: [ID]) async throws -> [Ready<PaymentView>] {
    try await all(
      """
      select shown from payment where id = any(\(payments)::uuid[]) order by array_position(\(payments)::uuid[], id)
      """)
  }
}
