internal import FunctionKit

/// Where spans go, and what is said of who sends them.
public struct Collector: Sendable {
  /// The whole URL: `http://localhost:4318/v1/traces`.
  public var url: String
  /// Sent with each batch, such as a key.
  public var headers: [(String, String)]
  /// How many of the traces that begin here are recorded, from 0 to 1. Those that others have begun are theirs to decide.
  public var ratio: Double
  /// What all spans say of their sender, `service.name` above all.
  public var resource: [(String, SpanValue)]

  public init(
    url: String, headers: [(String, String)] = [], ratio: Double = 1, resource: [(String, SpanValue)] = []
  ) {
    self.url = url
    self.headers = headers
    self.ratio = ratio
    self.resource = resource
  }

  /// Whether a new trace is recorded, by the random part of its id: so that all who see it decide alike.
  func samples(_ random: UInt64) -> Bool {
    // 56 bits of it, as OpenTelemetry's samplers use.
    Double(random & 0xFF_FFFF_FFFF_FFFF) < ratio * 0x1p56
  }

  func body(of batch: SpanQueue.Batch) -> [UInt8] {
    var json = JSONBytes()
    json.raw(#"{"resourceSpans":[{"resource":{"attributes":"#)
    json.attributes(resource)
    json.raw(#"},"scopeSpans":[{"scope":{"name":"lakoo"},"spans":["#)
    json.raw(batch.spans)
    json.raw("]}]}]}")
    return json.bytes
  }
}
