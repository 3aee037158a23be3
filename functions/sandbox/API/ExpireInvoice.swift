import FunctionKit

/// Ends an unpaid invoice before its time.
struct ExpireInvoice: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      guard let invoice = try await context.db.lockedInvoice(input.id), invoice.status == .pending else {
        throw Refusal.notFound
      }
      try await context.expire(invoice)
      let expired = try await context.db.invoice(input.id) ?? invoice
      return try expired.object(baseURL: context.baseURL(of: "xendit"))
    }
  }
}
