/// A fact that other bundles may react to. Emitted inside the transaction that makes it true, or not at all.
public protocol Event: Encodable, Sendable {
  /// `noun.verb`, as the manifest's `emits` lists it.
  static var type: String { get }
  /// The aggregate's id. Events of one subject reach a function in the order in which they were committed.
  var subject: String { get }
}

/// An event on its way into the outbox.
public struct EmittedEvent: Sendable {
  public let type: String
  public let subject: String
  /// The data, encoded as JSON.
  public let data: [UInt8]

  /// - Throws: `EncodingError` for data that JSON can't say.
  public init<E: Event>(_ event: E) throws {
    type = E.type
    subject = event.subject
    data = try encodeJSON(event)
  }
}

/// The event a handler runs for, without its data.
public struct EventEnvelope: Sendable, Hashable {
  public let id: ID
  public let type: String
  /// Where it comes from: `/services/payment`.
  public let source: String
  public let subject: String
  public let time: Instant

  public init(id: ID, type: String, source: String, subject: String, time: Instant) {
    self.id = id
    self.type = type
    self.source = source
    self.subject = subject
    self.time = time
  }
}
