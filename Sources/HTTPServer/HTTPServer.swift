public import EventLoop

/// Serves HTTP/1.1 on any number of addresses, all on one loop.
///
/// Make it and use it on the loop's thread.
public final class HTTPServer: @unchecked Sendable {
  public let limits: Limits
  public let loop: EventLoop
  /// Requests whose head was in order.
  public internal(set) var requests = 0
  /// Connections that are open and count against the limit.
  public private(set) var openConnections = 0
  /// Requests that have come in whole and whose answer has not yet gone out.
  public var requestsInProgress: Int { deadlines.all.count { $0.phase == .handling } }
  /// Connections that another server has taken, and those taken from another.
  public internal(set) var handedOver = 0, adopted = 0

  // What every request touches, on the loop's thread alone, goes without the check for overlapping access.
  @exclusivity(unchecked) var deadlines = Deadlines()
  @exclusivity(unchecked) var date = DateHeader()
  /// The buffer that responses are written into, between two uses.
  @exclusivity(unchecked) var spareOutput: [UInt8] = []

  /// Called with each answer that a connection is about to get, to add what all answers of a listener have: the request, as
  /// far as it was in order, and the listener's tag.
  public var onResponse: ((RequestHead?, _ tag: Int, inout Response) -> Void)?

  /// Called with the code of each refusal that is the server's own, and the listener's tag.
  public var onRefusal: ((_ code: StaticString, _ tag: Int) -> Void)?
  /// Called with each request whose connection ends before its answer is complete.
  public var onAbandoned: ((RequestHead) -> Void)?

  let onHead: (RequestHead) -> HeadDecision
  let onRequest: (Request, Responder) -> Void
  let patience: Patience
  private(set) var isDraining = false
  /// Who takes the connections of this server while it drains, and those of which listeners stay behind.
  private(set) var handover: (send: Handover, keeping: Set<Int>)?
  private var turnedAway = 0
  private var listeners: [Listener] = []
  private let timer: LoopTimer
  private var onEmpty: [CheckedContinuation<Void, Never>] = []

  /// - Parameters:
  ///   - onHead: called with each head, to choose the body's limit or to refuse before a body is read.
  ///   - onRequest: called with each whole request; the responder may be used at once or later.
  public init(
    _ loop: EventLoop, limits: Limits = Limits(), onHead: ((RequestHead) -> HeadDecision)? = nil,
    onRequest: @escaping (Request, Responder) -> Void
  ) {
    self.loop = loop
    self.limits = limits
    self.onHead = onHead ?? { _ in .accept(bodyLimit: limits.body) }
    self.onRequest = onRequest
    patience = Patience(limits)
    _ = BrokenPipe.isHarmless
    timer = LoopTimer(loop)
    let tick = max(1, limits.tick.wholeMilliseconds)
    timer.start(after: tick, repeating: tick) { [unowned self] in self.tick() }
  }

  deinit {
    timer.close()
    for listener in listeners { listener.close() }
  }

  /// Listens on one more address; requests that come in by it carry the tag.
  /// - Returns: the address, with the port that the kernel chose for port 0.
  /// - Throws: ``LoopError``, with code `EADDRINUSE` when somebody else listens there.
  @discardableResult
  public func listen(on address: SocketAddress, tag: Int = 0) throws(LoopError) -> SocketAddress {
    let listener = try Listener(loop, on: address) { [unowned self] stream in accept(stream, tag) }
    listeners.append(listener)
    return listener.address ?? address
  }

  /// Accepts on a socket that listens already, beside other processes; requests that come in by it carry the tag.
  public func listen(inherited descriptor: Int32, tag: Int = 0) throws(LoopError) {
    listeners.append(try Listener(loop, inherited: descriptor) { [unowned self] stream in accept(stream, tag) })
  }

  /// Stops: closes the listeners, lets requests in progress be answered, and after the bound closes whatever is left.
  ///
  /// - Parameters:
  ///   - tags: those of the listeners whose connections are this server's alone and so are closed.
  ///   - handover: takes the connections that wait for their next request; without it they are closed. One that it can't
  ///     take now is served here until it can, or the bound has passed.
  public func drain(within bound: Duration, keeping tags: Set<Int> = [], handover: Handover? = nil) async {
    isDraining = true
    self.handover = handover.map { ($0, tags) }
    for listener in listeners { listener.close() }
    listeners = []
    releaseIdle()
    if openConnections > 0 { await waitUntilEmpty(bound) }
    for connection in deadlines.all { connection.close() }
    self.handover = nil
  }

  private func waitUntilEmpty(_ bound: Duration) async {
    let (limit, retry) = (LoopTimer(loop), LoopTimer(loop))
    if handover != nil { retry.start(after: 10, repeating: 10) { [unowned self] in releaseIdle() } }
    await withCheckedContinuation { continuation in
      onEmpty.append(continuation)
      limit.start(after: bound.wholeMilliseconds) { [self] in emptied() }
    }
    limit.close()
    retry.close()
  }

  private func emptied() {
    let waiting = onEmpty
    onEmpty = []
    for continuation in waiting { continuation.resume() }
  }

  func accept(_ stream: Stream, _ tag: Int) {
    let connection = Connection(self, stream, tag: tag)
    guard openConnections < limits.connections else { return turnAway(connection) }
    openConnections += 1
    connection.start()
  }

  /// One connection too many is told so; when even those are many, they are cut.
  private func turnAway(_ connection: Connection) {
    connection.isCounted = false
    guard turnedAway < 1000 else { return connection.close() }
    turnedAway += 1
    connection.start()
    connection.refuse(.overloaded)
  }

  func closed(_ connection: Connection) {
    deadlines.remove(connection.slot)
    if connection.isCounted { openConnections -= 1 } else { turnedAway -= 1 }
    if openConnections == 0 { emptied() }
  }

  func giveBack(_ buffer: inout [UInt8]) {
    buffer.removeAll(keepingCapacity: true)
    if spareOutput.capacity == 0, buffer.capacity <= 256 * 1024 { swap(&buffer, &spareOutput) } else { buffer = [] }
  }

  private func tick() {
    date.update()
    for connection in deadlines.expired(at: loop.now) { connection.expire() }
  }
}
