/// How an event function takes its events.
public struct EventManifest: Sendable, Hashable {
  /// The names of the events it handles.
  public let events: [String]
  public let retry: RetryPolicy
  public let concurrency: EventConcurrency
  public let onDead: OnDead
  public let from: Start

  /// Where a function begins in an outbox that it has not read before.
  public enum Start: String, Sendable, Hashable, CaseIterable {
    /// With what is emitted from now on.
    case latest
    /// With all that is still stored.
    case earliest
  }
}

/// What becomes of a key's later events when one of them was given up.
public enum OnDead: String, Sendable, Hashable, CaseIterable {
  /// They pass.
  case skip
  /// They wait until a person has redriven or purged the dead letter.
  case block
}

/// How many events of a function are worked on at once, and which of them one after the other.
public struct EventConcurrency: Sendable, Hashable {
  /// At once, on one host; nil for as many as the host has room for.
  public var limit: Int?
  public var key = Key.subject

  /// Events of one key reach the function in order, one at a time.
  public enum Key: Sendable, Hashable {
    /// The aggregate they are about.
    case subject
    /// No order at all.
    case none
    /// What the data has under this name.
    case field(String)
  }

  public init(limit: Int? = nil, key: Key = .subject) {
    self.limit = limit
    self.key = key
  }
}

extension Fields {
  /// Reads `concurrency: { limit: 4, key: sellerId }`; each part has a default.
  func readEventConcurrency() -> EventConcurrency {
    guard let fields = fields("concurrency", keys: ["limit", "key"]) else { return EventConcurrency() }
    let limit = fields.read("limit") { text throws(Mistake) in try Numbers.whole(text, in: 1...1000) }
    return EventConcurrency(limit: limit, key: fields.read("key", key) ?? .subject)
  }

  private func key(_ text: String) throws(Mistake) -> EventConcurrency.Key {
    switch text {
    case "subject": return .subject
    case "none": return .none
    default:
      guard text.has(first: isLower, rest: { isLower($0) || isUpper($0) || isDigit($0) }) else {
        throw Mistake("is not a key; use subject, none, or the name of a field of the data, such as sellerId")
      }
      return .field(text)
    }
  }
}
