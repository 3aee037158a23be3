internal import FunctionKit

/// Spans as OTLP has them in JSON.
extension JSONBytes {
  mutating func span(_ span: Span) {
    raw(#"{"traceId":"#)
    string(span.trace.traceID)
    text(#","spanId":"#, span.trace.spanID)
    text(#","parentSpanId":"#, span.parent?.spanID)
    text(#","traceState":"#, span.trace.state.isEmpty ? nil : span.trace.state)
    text(#","name":"#, span.name)
    raw(#","kind":"#)
    integer(span.kind.rawValue)
    moment(#","startTimeUnixNano":""#, span.start)
    moment(#","endTimeUnixNano":""#, max(span.start, span.end))
    raw(#","attributes":"#)
    attributes(span.attributes)
    if let link = span.link { self.link(link) }
    if let failure = span.failure {
      text(#","status":{"code":2,"message":"#, failure)
      raw("}")
    }
    raw("}")
  }

  mutating func attributes(_ attributes: [(String, SpanValue)]) {
    raw("[")
    for (index, (key, value)) in attributes.enumerated() {
      if index > 0 { raw(",") }
      raw(#"{"key":"#)
      string(key)
      self.value(value)
    }
    raw("]")
  }

  /// Whole numbers have 64 bits there, and stand as text.
  private mutating func value(_ value: SpanValue) {
    switch value {
    case .text(let text):
      self.text(#","value":{"stringValue":"#, text)
      raw("}}")
    case .number(let number):
      raw(#","value":{"intValue":""#)
      integer(number)
      raw(#""}}"#)
    }
  }

  private mutating func link(_ trace: Trace) {
    text(#","links":[{"traceId":"#, trace.traceID)
    text(#","spanId":"#, trace.spanID)
    raw("}]")
  }

  private mutating func text(_ before: StaticString, _ value: String?) {
    guard let value else { return }
    raw(before)
    string(value)
  }

  private mutating func moment(_ before: StaticString, _ nanoseconds: UInt64) {
    raw(before)
    integer(UInt(nanoseconds))
    raw("\"")
  }
}
