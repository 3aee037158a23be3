import FunctionKit

/// The same for other services.
struct QuoteZoneInternal: Endpoint {
  func handle(_ input: ZoneQuestion, context: Context) async throws -> ZoneQuote {
    try await .answer(input, from: context.db)
  }
}
