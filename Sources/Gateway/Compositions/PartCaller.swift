internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime

/// On whose behalf parts are asked for, and until when.
struct PartCaller: Sendable {
  let request: Request
  let route: CompositionRoute
  private let requestID: String
  private let trace: Trace
  /// Milliseconds of the loop's clock.
  private let end: UInt64

  init(_ request: Request, _ invocation: Invocation, _ route: CompositionRoute, until end: UInt64) {
    self.request = request
    self.route = route
    self.end = end
    requestID = invocation.requestID
    trace = invocation.trace
  }

  /// What is of the composed answer alone: which version of it the client has, and how its bytes are to be sent.
  private static let ofWhole: Set<String> = [
    "host", "connection", "content-length", "transfer-encoding", "expect", "te", "upgrade", "if-match", "if-none-match",
    "if-modified-since", "if-unmodified-since", "if-range", "range", "accept-encoding", "content-type", "x-request-id",
    "traceparent",
  ]

  /// The part's request, from the same client with the same credentials.
  func request(for question: PartQuestion, to target: PartTarget) -> Request? {
    let headers = request.headers.filter { name, _ in !PartCaller.ofWhole.contains(name.lowercased()) }
    return Request(
      "GET", target.prefix + question.target,
      headers: headers.map { ($0.name, $0.value) } + [
        ("x-request-id", requestID), ("traceparent", trace.description),
      ], body: [], tag: request.tag, peer: request.head.peer)
  }

  func limit(of part: PartManifest, at now: UInt64) -> Duration {
    let left = Duration.milliseconds(Int64(end > now ? end - now : 1))
    return min(part.timeout ?? left, left)
  }

  static func late(_ limit: Duration) -> Problem {
    Problem(504, "function_timeout", "It did not answer within \(limit.milliseconds) ms.")
  }
}
