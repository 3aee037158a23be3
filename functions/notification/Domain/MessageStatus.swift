import FunctionKit

/// How far a message is on its way.
enum MessageStatus: String, Codable, CaseIterable, Sendable, SQLValue {
  case pending, queued, sent, delivered, failed, cancelled
}
