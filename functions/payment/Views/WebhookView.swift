import FunctionKit

enum WebhookStatus: String, Codable, SQLValue, Sendable, CaseIterable {
  case received, processed, ignored
  /// For a person.
  case parked
}

/// A delivery as finance sees it.
struct WebhookView: Codable, Sendable {
  var id: ID
  var kind: String
  var status: WebhookStatus
  /// Why it was ignored or parked.
  var error: String?
  /// Our name for what it is about.
  var reference: String?
  /// Without what says who somebody is.
  var body: JSON
  var createdAt: Instant
  var processedAt: Instant?

  static let columns: SQL = "id, kind, status, error, reference, body, created_at, processed_at"

  var withoutPersons: WebhookView {
    var view = self
    view.body = withoutPersonalData(body)
    return view
  }
}
