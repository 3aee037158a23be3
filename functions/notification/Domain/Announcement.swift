import FunctionKit

/// Something that one user is to hear of.
struct Announcement: Sendable {
  var userID: ID
  var relatedType: String?
  var relatedID: ID?
  /// Whose doing it is; nobody hears of their own.
  var actor: ID?
  /// Instead of the event's route.
  var template: String?
  /// Under which it can be called off before it is sent.
  var cancelKey: String?
  /// Nil for at once.
  var dueAt: Instant?
  /// Instead of the route's or the template's own.
  var channels: [Channel]?
  var priority: Priority?
  var actionURL: String?
  /// Makes it another one than that of the same event.
  var occasion: String?
  /// What its letters are, for those who want no more of them; advertising needs no saying.
  var subscription: UnsubscribeToken.Scope?
  var values: [String: TemplateValue] = [:]

  /// What a letter is about that its reader has asked for.
  static let newsletter = "newsletter"
}
