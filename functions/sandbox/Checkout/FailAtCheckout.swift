import FunctionKit

/// Lets an attempt to pay fail, to see what becomes of a buyer who is sent back.
struct FailAtCheckout: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> CheckoutReply {
    guard let invoice = try await context.db.invoice(input.id) else { return .page(.unknownInvoice) }
    guard invoice.status == .pending else { return .page(.refused("Tagihan ini sudah berakhir.", invoice)) }
    return .page(.attemptFailed(invoice))
  }
}
