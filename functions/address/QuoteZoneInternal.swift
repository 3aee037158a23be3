import FunctionKit

/// The same for other services, which may name anybody's address.
struct QuoteZoneInternal: Endpoint {
  func handle(_ input: ZoneQuestion, context: Context) async throws -> ZoneQuote {
    try await .answer(input, for: nil, from: context.db)
  }
}
