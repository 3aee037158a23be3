internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime
internal import Telemetry

/// The access log, and the spans of requests: each is put down when its answer is handed over.
extension Gateway {
  /// Begins with a request. One between processes of this host was begun with where it came in.
  func watch(_ head: RequestHead) {
    guard edge.accessLog != nil || services.tracer != nil else { return }
    let parent = services.tracer == nil ? nil : Trace(of: head.headers)
    let trace = services.tracer == nil ? nil : services.newTrace(after: parent)
    head.record = Visit(trace: trace, parent: parent)
  }

  /// What a function's part of the trace comes after.
  func trace(of head: RequestHead) -> Trace? { (head.record as? Visit)?.trace ?? Trace(of: head.headers) }

  /// What a delivery is stored with: its function runs after the request is over.
  func storedTrace(of head: RequestHead) -> Trace {
    (head.record as? Visit)?.trace ?? services.newTrace(after: Trace(of: head.headers))
  }

  /// - Parameter head: nil for what was no request in order.
  func putDown(_ response: Response, to head: RequestHead?, at tag: Int) {
    if let head, let visit = head.record as? Visit {
      putDown(visit, head, Outcome(response, isHead: head.method == .head))
    } else if head == nil, doors.value[tag] != .local, let log = edge.accessLog, log.takes(response.status) {
      log.add(AccessLine(time: services.clock.now, door: doors.value[tag], outcome: Outcome(response, isHead: false)))
    }
  }

  /// The client has gone before its answer was there.
  func putDownAbandoned(_ head: RequestHead) {
    guard let visit = head.record as? Visit else { return }
    putDown(visit, head, Outcome(status: 499, bytes: 0))
  }

  private func putDown(_ visit: Visit, _ head: RequestHead, _ outcome: Outcome) {
    guard !visit.isPutDown else { return }
    visit.isPutDown = true
    let end = wallNanoseconds()
    let (target, values) = found(head)
    if let log = edge.accessLog, log.takes(outcome.status) {
      var line = AccessLine(time: services.clock.now, door: doors.value[head.tag], outcome: outcome)
      line.describe(head, target, values, from: edge.address(of: head)?.description)
      line.duration = end - min(end, visit.start)
      line.trace = visit.trace?.traceID ?? line.trace
      line.user = visit.user
      log.add(line)
    }
    if let trace = visit.trace, trace.isSampled, target?.action.isHosts != true {
      services.tracer?.record(Span(of: visit, trace, head, target, outcome, end))
    }
  }

  private func found(_ head: RequestHead) -> (RouteTable.Target?, [ArraySlice<UInt8>]) {
    guard case .found(let target, let values) = tables.value[head.tag].match(head.method, head.pathBytes) else {
      return (nil, [])
    }
    return (target, values)
  }
}

/// What came of a request.
struct Outcome {
  var status: Int
  /// Of the body; nil when it is sent bit by bit.
  var bytes: Int?
  var requestID: String?
  var traceparent: String?

  init(status: Int, bytes: Int?) {
    self.status = status
    self.bytes = bytes
  }

  init(_ response: Response, isHead: Bool) {
    status = response.status
    switch response.body {
    case .bytes(let body): bytes = isHead ? 0 : body.count
    case .stream: bytes = nil
    }
    requestID = response.headers.first { $0.0.isHeader("x-request-id") }?.1
    traceparent = response.headers.first { $0.0.isHeader("traceparent") }?.1
  }
}

extension Trace {
  /// What a request says of the trace that it belongs to; nil when that is nothing, or can't be read.
  init?(of headers: Headers) {
    guard let parent = headers.first("traceparent") else { return nil }
    self.init(parent, state: headers.all("tracestate").joined(separator: ","))
  }
}
