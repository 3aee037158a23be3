import FunctionKit

/// Stops a payout that no bank has begun with.
struct CancelPayout: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      try await context.transaction { tx in
        guard let payout = try await tx.db.lockedPayout(input.id) else { throw Refusal.noData }
        guard payout.status == .accepted else {
          throw Refusal(403, "REQUEST_FORBIDDEN_ERROR", "The payout is \(payout.status.rawValue) already.")
        }
        try await tx.move(payout, to: .cancelled, context)
        return try await tx.db.payout(input.id)?.object ?? .null
      }
    }
  }
}
