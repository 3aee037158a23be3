import FunctionKit

/// What became of a report.
enum Outcome: Sendable, Equatable {
  case processed
  case ignored(String)
  /// Stored for a person; the sender is not told.
  case parked(String)

  var status: String {
    switch self {
    case .processed: "processed"
    case .ignored: "ignored"
    case .parked: "parked"
    }
  }

  var reason: String? {
    switch self {
    case .processed: nil
    case .ignored(let reason), .parked(let reason): String(reason.prefix(500))
    }
  }
}

extension Work {
  /// Keeps a delivery.
  /// - Returns: false when one with this key was worked through before.
  func receive(_ kind: String, key: String, reference: String, body: JSON) async throws -> Bool {
    try await db.run(
      """
      insert into webhook_inbox (id, kind, dedupe_key, body, reference, created_at, updated_at)
      values (\(context.newID()), \(kind), \(dedupeKey(kind, key)), \(body), \(String(reference.prefix(64))), \(now),
        \(now))
      on conflict (dedupe_key) do nothing
      """) == 1
  }

  func finish(_ kind: String, key: String, _ outcome: Outcome) async throws {
    try await db.run(
      """
      update webhook_inbox
      set status = \(outcome.status), error = \(outcome.reason), processed_at = \(now), updated_at = \(now)
      where dedupe_key = \(dedupeKey(kind, key))
      """)
  }

  /// A key that is too long for the column stands there as its hash, so that two that begin alike stay two.
  private func dedupeKey(_ kind: String, _ key: String) -> SQL {
    let whole = "\(kind):\(key)"
    guard whole.unicodeScalars.count > 255 else { return "\(whole)" }
    return "\("\(kind)#")::text || encode(sha256(convert_to(\(whole), 'UTF8')), 'hex')"
  }
}
