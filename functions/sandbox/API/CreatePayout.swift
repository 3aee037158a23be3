import FunctionKit

/// Begins to pay out.
struct CreatePayout: Endpoint {
  struct Input: Decodable, SchemaDescribing {
    let body: JSON

    init(from decoder: any Decoder) throws { body = try JSON(from: decoder) }

    static var jsonSchema: JSON { PayoutRequest.jsonSchema }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let request = try PayoutRequest(input.body)
      guard let key = context.header("idempotency-key"), (1...100).contains(key.count) else {
        throw Refusal.invalid([.init(path: "header/Idempotency-key", message: "must be 1 to 100 characters")])
      }
      return try await context.transaction { try await $0.take(request, key: key, context).object }
    }
  }
}
