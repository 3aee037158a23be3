import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Those who look after messages.
enum Desk {
  static let agent = Caller(userID: sampleUser(700), role: .supportAgent, isPrivileged: true)
  static let admin = Caller(userID: sampleUser(701), role: .admin, isPrivileged: true)
}

extension BundleUnderTest {
  func resend(_ id: ID, key: String? = nil, by caller: Caller = Desk.agent) async throws -> TestReply {
    try await call(
      "ResendNotification", path: [("id", id.description)], caller: caller, key: key ?? newID().description)
  }

  /// A mail that its carrier has refused for good.
  func failedMail(_ carriers: Carriers, code: Int = 400) async throws -> ID {
    try await mail()
    carriers.answer = { _ in UpstreamResponse(status: code, headers: [], body: []) }
    try await fire("DispatchDue")
    carriers.answer = nil
    return try await one("select id from notification where status = 'failed' order by id desc limit 1")
  }

  /// Attempts by number, and how each ended.
  func tries(_ id: ID) async throws -> [String] {
    try await query(
      "select attempt || ' ' || status from delivery where notification_id = \(id) order by attempt", as: String.self)
  }

  /// How a statement goes about its tables, with the statistics that they have.
  func explained(_ statement: SQL) async throws -> String {
    try await query("explain (costs off) \(statement)", as: String.self).joined(separator: "\n")
  }
}
