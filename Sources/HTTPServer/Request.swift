public import EventLoop

/// What is known of a request before its body has been read.
public struct RequestHead: Sendable {
  let head: SharedHead

  public var method: Method { head.value.method }
  /// 0 or 1: HTTP/1.0 or HTTP/1.1.
  public var minorVersion: Int { head.value.minorVersion }
  /// Whether the client wants to send further requests on the connection.
  public var keepAlive: Bool { head.value.keepAlive }
  /// The tag of the listener that the request came in by.
  public var tag: Int { head.value.tag }
  /// Goes on as if it had come in by the listener of that tag.
  public func move(to tag: Int) { head.value.tag = tag }
  /// Has the answer say so, whoever gives it, unless it has the first of them itself; the last call counts.
  public func answer(with headers: [(String, String)]) { head.value.answerHeaders = headers }
  /// What the handler keeps with the request until it has been answered.
  public var record: AnyObject? {
    get { head.value.record }
    nonmutating set { head.value.record = newValue }
  }
  /// Who sent it; nil over a Unix socket.
  public var peer: SocketAddress? { head.value.peer }
  public var headers: Headers { Headers(head: head) }
  /// Milliseconds of the loop's clock, at which the head was whole.
  public var arrivedAt: UInt64 { head.value.arrivedAt }
  /// What the handler has put down of the request.
  public var note: RequestNote {
    get { head.value.note }
    nonmutating set { head.value.note = newValue }
  }

  /// The target as sent, percent-escapes and all.
  public var target: String { head.value.text(head.value.target) }
  /// The target up to the question mark, not unescaped; of an absolute target, what follows its host.
  public var path: String { head.value.text(head.value.path) }
  /// What follows the question mark, not unescaped; nil without one.
  public var query: String? { head.value.query.map(head.value.text) }
  /// ``path``, for routers: no string is made.
  public var pathBytes: ArraySlice<UInt8> { head.value.bytes[head.value.path] }
  /// ``query``, without making a string.
  public var queryBytes: ArraySlice<UInt8>? { head.value.query.map { head.value.bytes[$0] } }
  /// The host the request is for: of an absolute target its own, else the `Host` header's.
  public var host: String { head.value.text(head.value.host) }
  /// The body's announced size: 0 without a body, nil when it comes in chunks.
  public var contentLength: Int? {
    switch head.value.framing {
    case .none: 0
    case .length(let length): length
    case .chunked: nil
    }
  }
}

/// A whole request.
public struct Request: Sendable {
  public let head: RequestHead
  /// The body, with any chunked coding taken off.
  public let body: [UInt8]

  public var method: Method { head.method }
  public var path: String { head.path }
  public var query: String? { head.query }
  public var headers: Headers { head.headers }
  public var tag: Int { head.tag }
}

/// What is to be done with a request whose head has come in.
public enum HeadDecision: Sendable {
  /// Read its body, of at most so many bytes, and hand the whole to the handler.
  case accept(bodyLimit: Int)
  /// Answer without reading the body; the connection closes if there is one.
  case reject(Response)
}
