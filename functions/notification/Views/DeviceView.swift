import FunctionKit

/// A device that a user can be pushed to. Its token stays here: whoever has it could push too.
struct DeviceView: Codable, Sendable {
  var id: ID
  var platform: Platform
  var appVersion: String?
  var lastSeenAt: Instant

  static let columns: SQL = "id, platform, app_version, last_seen_at"
}
