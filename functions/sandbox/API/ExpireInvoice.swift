import FunctionKit

/// Ends an unpaid invoice before its time.
struct ExpireInvoice: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let expired = try await context.transaction { tx in
        guard let invoice = try await tx.db.lockedInvoice(input.id), invoice.status == .pending else {
          throw Refusal.notFound
        }
        try await tx.expire(invoice, context)
        return try await tx.db.invoice(input.id) ?? invoice
      }
      return try expired.object(baseURL: context.baseURL(of: "xendit"))
    }
  }
}
