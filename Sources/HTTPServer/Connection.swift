import EventLoop

/// One client's connection: reads requests one after the other and answers each before it looks at the next.
///
/// It is of the loop's thread only.
final class Connection: @unchecked Sendable {
  enum Phase {
    /// Between requests.
    case idle
    /// Part of a head, or of a body, has come in.
    case head, body
    /// The handler has the request, or its answer is on the way.
    case handling
    /// Answered, but the client has yet to take the answer.
    case sending
    /// Nothing more will be answered; what still comes in is thrown away until the client ends too.
    case closing
    case closed

    /// Whether it is the client's turn to send.
    var isReading: Bool { self == .idle || self == .head || self == .body }
  }

  let server: HTTPServer
  let stream: Stream
  let tag: Int
  let peer: SocketAddress?
  let parser: HeadParser
  var slot = 0
  /// Whether it takes one of the places that the limit of connections allows.
  var isCounted = true

  var phase = Phase.idle { didSet { isArmed = false } }
  /// Whether the deadline fits the phase.
  var isArmed = false
  var body: BodyReader?

  /// Bytes that came in before their turn.
  var stash: [UInt8] = []
  var stashStart = 0
  var isPaused = false
  var isAdvancing = false
  var inputEnded = false
  var isShutDown = false

  /// Responses that have yet to be handed to the stream; the buffer is borrowed from the server meanwhile.
  @exclusivity(unchecked) var output: [UInt8] = []
  var written: UInt64 = 0
  var progress: UInt64 = 0
  /// What is left of a body too large to be sent at once.
  var tail: (bytes: [UInt8], sent: Int)?
  var keepAlive = false
  /// Whether the head of the request was in order.
  var hasHead = false
  var streaming: StreamedBody?
  /// Told once, when the client goes while it is owed an answer.
  var onDisconnect: (() -> Void)?

  init(_ server: HTTPServer, _ stream: Stream, tag: Int) {
    self.server = server
    self.stream = stream
    self.tag = tag
    peer = stream.peer
    parser = HeadParser(maximumFields: server.limits.headerCount)
  }

  func start() {
    slot = server.deadlines.add(self)
    stream.whenClosed { [self] in closed() }
    stream.onDrain = { [self] in drained() }
    stream.startReading({ [self] bytes in received(bytes) }, onEnd: { [self] error in ended(error) })
    arm()
  }

  func close() { stream.close() }

  private func closed() {
    let wasOpen = phase != .closed
    if phase == .handling, hasHead { server.onAbandoned?(RequestHead(head: parser.head)) }
    phase = .closed
    (stash, tail, body) = ([], nil, nil)
    streaming?.cut()
    streaming = nil
    if wasOpen { server.closed(self) }
    disconnected()
  }

  private func disconnected() {
    let action = onDisconnect
    onDisconnect = nil
    action?()
  }

  private func ended(_ error: LoopError?) {
    inputEnded = true
    if phase == .handling { disconnected() }
    if error != nil || phase == .closing && stream.pendingBytes == 0 { close() } else { settle() }
  }
}
