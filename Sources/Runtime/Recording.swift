internal import FunctionKit
internal import Manifest
internal import Telemetry

/// What a collector is to be told of an invocation. There is none for what nobody collects, so that it costs nothing.
final class Recording: Sendable {
  let tracer: Tracer
  let trace: Trace
  private let services: HostServices
  private let parent: Trace?
  private let start = wallNanoseconds()

  init?(of trace: Trace, after parent: Trace?, _ services: HostServices) {
    guard let tracer = services.tracer, trace.isSampled else { return nil }
    self.tracer = tracer
    self.trace = trace
    self.services = services
    self.parent = parent
  }

  /// The invocation is over.
  func end(_ invocation: Invocation, _ outcome: String, hasFailed: Bool) {
    let kind = invocation.function.manifest.trigger.kind
    let isDelivered = kind == .event || kind == .webhook
    tracer.record(
      Span(
        trace: trace, parent: parent, name: "\(invocation.bundle.name)/\(invocation.function.name)",
        kind: isDelivered ? .consumer : .internal, start: start,
        attributes: [
          ("lakoo.bundle", .text(invocation.bundle.name)), ("lakoo.function", .text(invocation.function.name)),
          ("lakoo.trigger", .text(kind.rawValue)), ("lakoo.request", .text(invocation.requestID)),
          ("lakoo.outcome", .text(outcome)),
        ], link: isDelivered ? parent : nil, failure: hasFailed ? outcome : nil))
  }

  /// Begins a part of it.
  func part(_ name: String) -> OpenSpan {
    OpenSpan(recording: self, trace: services.newTrace(after: trace), name: name)
  }
}

/// A part of an invocation that waits for somebody else.
struct OpenSpan {
  let recording: Recording
  let trace: Trace
  let name: String
  private let start = wallNanoseconds()

  init(recording: Recording, trace: Trace, name: String) {
    self.recording = recording
    self.trace = trace
    self.name = name
  }

  func end(_ attributes: [(String, SpanValue)], failure: String?) {
    recording.tracer.record(
      Span(
        trace: trace, parent: recording.trace, name: name, kind: .client, start: start, attributes: attributes,
        failure: failure))
  }
}
