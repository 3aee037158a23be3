import FunctionKit

/// One version of a template.
struct GetTemplate: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> TemplateView {
    try await context.db.template(input.id)
  }
}
