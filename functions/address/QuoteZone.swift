import FunctionKit

/// Tells a shopper how far apart two places count as being; what it costs is another service's word.
struct QuoteZone: Endpoint {
  func handle(_ input: ZoneQuestion, context: Context) async throws -> ZoneQuote {
    try await .answer(input, for: input.namesAddress ? context.requireUser() : nil, from: context.db)
  }
}
