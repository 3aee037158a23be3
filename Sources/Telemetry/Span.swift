public import FunctionKit

/// One piece of work in a trace, from its beginning to its end.
public struct Span: Sendable {
  /// As OpenTelemetry numbers them.
  public enum Kind: Int, Sendable {
    case `internal` = 1
    case server, client, producer, consumer
  }

  public var trace: Trace
  /// What it is a part of; nil for what begins a trace.
  public var parent: Trace?
  public var name: String
  public var kind: Kind
  /// Nanoseconds since 1970, by the machine's own clock.
  public var start: UInt64
  public var end: UInt64
  public var attributes: [(String, SpanValue)]
  /// What set it off without waiting for it.
  public var link: Trace?
  /// Why it failed, in a word that holds no one's data; nil when it did not.
  public var failure: String?

  public init(
    trace: Trace, parent: Trace?, name: String, kind: Kind, start: UInt64, end: UInt64 = wallNanoseconds(),
    attributes: [(String, SpanValue)] = [], link: Trace? = nil, failure: String? = nil
  ) {
    self.trace = trace
    self.parent = parent
    self.name = name
    self.kind = kind
    self.start = start
    self.end = end
    self.attributes = attributes
    self.link = link
    self.failure = failure
  }
}

/// What an attribute says.
public enum SpanValue: Sendable, Hashable {
  case text(String)
  case number(Int)
}
