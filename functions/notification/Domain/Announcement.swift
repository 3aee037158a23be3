import FunctionKit

/// Something that one user is to hear of, because of an event.
struct Announcement: Sendable {
  var userID: ID
  var relatedType: String
  var relatedID: ID
  var values: [String: TemplateValue]
}
