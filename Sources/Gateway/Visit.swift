internal import FunctionKit
internal import Telemetry

/// What is to be put down of one request that came in at a port: kept with its head, on the loop's thread.
final class Visit {
  let start = wallNanoseconds()
  /// The request as a part of its trace; nil when nobody collects traces.
  let trace: Trace?
  /// What the client says that it is a part of.
  let parent: Trace?
  /// Whom the request comes from, once that is proven.
  var user: ID?
  var isPutDown = false

  init(trace: Trace?, parent: Trace?) {
    self.trace = trace
    self.parent = parent
  }
}
