import FunctionKit

/// The page on which a buyer pays.
struct ShowCheckout: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> HTML {
    guard let invoice = try await context.db.invoice(input.id) else { return .unknownInvoice }
    return .checkout(invoice, at: context.now)
  }
}
