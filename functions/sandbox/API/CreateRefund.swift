import FunctionKit

/// Begins to give money of a paid invoice back.
struct CreateRefund: Endpoint {
  struct Input: Decodable, SchemaDescribing {
    let body: JSON

    init(from decoder: any Decoder) throws { body = try JSON(from: decoder) }

    static var jsonSchema: JSON { RefundRequest.jsonSchema }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let request = try RefundRequest(input.body)
      let key = context.header("idempotency-key")
      return try await context.transaction { try await $0.take(request, key: key, context).object }
    }
  }
}
