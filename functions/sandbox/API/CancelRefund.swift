import FunctionKit

/// Stops a refund that its channel has not done yet.
struct CancelRefund: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      try await context.transaction { tx in
        guard let refund = try await tx.db.lockedRefund(input.id) else { throw Refusal.noData }
        guard refund.status == .pending else {
          throw Refusal(400, "INELIGIBLE_TRANSACTION_STATUS", "The refund is \(refund.status.rawValue) already.")
        }
        try await tx.end(refund, as: .cancelled, code: nil, context)
        return try await tx.db.refund(input.id)?.object ?? .null
      }
    }
  }
}
