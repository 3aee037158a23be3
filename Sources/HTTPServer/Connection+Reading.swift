import EventLoop

/// The way in: from bytes to requests.
extension Connection {
  /// More than this many bytes ahead of their turn, and the client is not read until they have been used.
  private static let stashBound = 16 * 1024
  /// Responses to pipelined requests are sent together up to about this size.
  private static let outputBound = 64 * 1024

  func received(_ bytes: borrowing RawSpan) {
    let used = stash.isEmpty ? advance(bytes) : 0
    if used < bytes.byteCount, phase != .closed, phase != .closing { hold(bytes.extracting(used...)) }
    settle()
  }

  private func hold(_ bytes: RawSpan) {
    stash.append(bytes)
    if stash.count - stashStart > Self.stashBound, !isPaused {
      isPaused = true
      stream.pauseReading()
    }
  }

  /// Uses the bytes for as long as nothing has to be waited for.
  private func advance(_ bytes: RawSpan) -> Int {
    isAdvancing = true
    defer { isAdvancing = false }
    var used = 0
    while used < bytes.byteCount {
      let rest = bytes.extracting(used...)
      switch phase {
      case .idle, .head: used += readHead(rest)
      case .body: used += readBody(rest)
      case .closing: return bytes.byteCount
      case .handling, .sending, .closed: return used
      }
      if output.count > Self.outputBound { flush() }
    }
    return used
  }

  /// Goes on after an answer: with what has been held back, then with the client.
  func resume() {
    settle()
    while phase == .idle, !stash.isEmpty {
      let (bytes, start) = (stash, stashStart)
      stash = []
      let end = start + advance(bytes.span.bytes.extracting(start...))
      if end < bytes.count, phase != .closed, phase != .closing {
        (stash, stashStart) = (bytes, end)
      } else {
        stashStart = 0
      }
      settle()
    }
    if stash.isEmpty, isPaused {
      isPaused = false
      stream.resumeReading()
    }
  }

  private func readHead(_ bytes: RawSpan) -> Int {
    if phase == .idle {
      parser.reset()
      hasHead = false
      phase = .head
    }
    let (used, outcome) = parser.feed(bytes)
    do throws(Refusal) {
      try checkSize()
      switch outcome {
      case .incomplete: break
      case .failed(let refusal): throw refusal
      case .complete: try accept(parser.head)
      }
    } catch {
      refuse(error)
    }
    return used
  }

  /// The size of a head is looked at before what is in it, so that it does not matter in which pieces it comes.
  private func checkSize() throws(Refusal) {
    let (line, size) = parser.head.value.size
    guard line <= server.limits.requestLine else { throw .uriTooLong }
    guard size - line <= server.limits.headerBytes else { throw .headersTooLarge }
  }

  private func accept(_ head: SharedHead) throws(Refusal) {
    (head.value.tag, head.value.peer) = (tag, peer)
    try parser.complete()
    hasHead = true
    head.value.arrivedAt = server.loop.now
    keepAlive = head.value.keepAlive
    server.requests += 1
    switch server.onHead(RequestHead(head: head)) {
    case .reject(let response):
      if head.value.framing != .none { keepAlive = false }
      phase = .handling
      respond(response)
    case .accept(let limit):
      if head.value.framing == .none { return hand(over: head, []) }
      body = try BodyReader(head.value.framing, limit: limit, overhead: server.limits.headerBytes)
      phase = .body
      guard head.value.expectsContinue else { return }
      borrowOutput()
      output.append("HTTP/1.1 100 Continue\r\n\r\n")
    }
  }

  private func readBody(_ bytes: RawSpan) -> Int {
    do throws(Refusal) {
      let result = try body!.read(bytes)
      if result.ended, let complete = body?.bytes {
        body = nil
        hand(over: parser.head, complete)
      }
      return result.used
    } catch {
      body = nil
      refuse(error)
      return bytes.byteCount
    }
  }

  private func hand(over head: SharedHead, _ body: [UInt8]) {
    phase = .handling
    server.onRequest(Request(head: RequestHead(head: head), body: body), Responder(self))
  }
}
