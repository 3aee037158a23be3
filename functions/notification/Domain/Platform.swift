import FunctionKit

/// What a device is.
enum Platform: String, Codable, CaseIterable, Sendable, SQLValue {
  case ios, android, web
}
