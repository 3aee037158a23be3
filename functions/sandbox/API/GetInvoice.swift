import FunctionKit

/// Shows an invoice.
struct GetInvoice: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      guard let invoice = try await context.db.invoice(input.id) else { throw Refusal.notFound }
      return try invoice.object(baseURL: context.baseURL(of: "xendit"))
    }
  }
}
