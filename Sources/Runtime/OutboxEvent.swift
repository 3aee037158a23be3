public import FunctionKit

/// A row of an outbox, on its way to the inboxes of those who subscribe.
public struct OutboxEvent: Sendable, Decodable {
  public let seq: Int64
  public let id: ID
  public let type: String
  public let subject: String
  public let time: Instant
  /// The W3C trace context it was emitted in.
  public let trace: String?
  /// The data as it was emitted, JSON text.
  public let data: Bytes

  static func insert(_ event: EmittedEvent, id: ID, time: Instant, trace: Trace?) -> SQL {
    """
    insert into lakoo.outbox (id, type, subject, time, trace, data)
    values (\(id), \(event.type), \(event.subject), \(time), \(trace?.description), \(Bytes(event.data)))
    """
  }
}
