import FunctionKit

/// Calls off what waits under a key, and what is still to come under it.
struct CancelScheduled: Endpoint {
  struct Input: Decodable, Limited {
    var cancelKey: String

    static let limits: [String: FieldLimit] = ["cancelKey": .text(1...120)]
  }

  struct Cancelled: Codable, Sendable {
    var cancelled: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Cancelled {
    var validation = Validation()
    validation.text(input.cancelKey, "cancelKey", length: 1...120)
    try validation.finish()
    return Cancelled(cancelled: try await context.ownWork.cancel(input.cancelKey))
  }
}
