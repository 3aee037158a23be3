public import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime

/// Why no requests should be sent to this host now; nothing when they should. Each names what is not ready as its field.
public typealias ReadinessCheck = @Sendable () async -> [FieldError]

extension Gateway {
  /// Adds `GET /ready`, where there is somebody to ask.
  func withReadiness(_ table: RouteTable) -> RouteTable {
    guard let readiness else { return table }
    var table = table
    table.add(.get, [.literal("ready")], .host { _, _ in Gateway.readiness(await readiness()) })
    return table
  }

  /// What `GET /ready` says.
  public static func readiness(_ reasons: [FieldError]) -> RawReply {
    guard !reasons.isEmpty else {
      return RawReply(headers: [("Cache-Control", "no-store")], body: Array(#"{"status":"ready"}"#.utf8))
    }
    let list = reasons.map { "\($0.field) \($0.message)" }.joined(separator: "; ")
    return RawReply(
      problem: Problem(503, "not_ready", "Send requests elsewhere for now: \(list).", details: reasons, retryAfter: 1),
      instance: "/ready")
  }
}
