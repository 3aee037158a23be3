/// What one client may cost: sizes, times, numbers. Every one of them has an answer when it is passed.
public struct Limits: Sendable {
  /// Bytes of the request line, its end included; longer is 414.
  public var requestLine = 8 * 1024
  /// Header fields of a request; more is 431.
  public var headerCount = 100
  /// Bytes of all header lines together; more is 431. The trailers of a chunked body have the same bound.
  public var headerBytes = 32 * 1024
  /// Bytes of a request body where the handler does not say otherwise; more is 413.
  public var body = 1024 * 1024
  /// From the first byte of a request to the end of its head; longer is 408.
  public var headerTime = Duration.seconds(10)
  /// From the end of the head to the end of the body; longer is 408.
  public var bodyTime = Duration.seconds(30)
  /// A connection without a request is closed silently after this.
  public var idle = Duration.seconds(60)
  /// A client that has taken nothing for so long is cut.
  public var writeStall = Duration.seconds(30)
  /// After the last response, how long a client may take to end the connection from its side.
  public var linger = Duration.seconds(2)
  /// Open connections; one more is answered 503.
  public var connections = 10_000
  /// How often the times above are looked at, so also how late they may be noticed.
  public var tick = Duration.milliseconds(250)

  public init() {}
}

/// The times of the limits in the loop's milliseconds, computed once.
struct Patience: Sendable {
  let header, body, idle, writeStall, linger: UInt64

  init(_ limits: Limits) {
    header = limits.headerTime.wholeMilliseconds
    body = limits.bodyTime.wholeMilliseconds
    idle = limits.idle.wholeMilliseconds
    writeStall = limits.writeStall.wholeMilliseconds
    linger = limits.linger.wholeMilliseconds
  }
}

extension Duration {
  var wholeMilliseconds: UInt64 {
    UInt64(max(0, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000))
  }
}
