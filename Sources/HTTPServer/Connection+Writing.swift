import EventLoop

/// The way out: from responses to bytes.
extension Connection {
  /// Bodies are handed to the stream in pieces of this size, so that a slow client can be told from one that has stopped.
  static let pieceSize = 64 * 1024

  func respond(_ response: Response) {
    guard phase == .handling, tail == nil, streaming == nil else { return }
    onDisconnect = nil
    let response = complete(response)
    if server.isDraining, handover == nil { keepAlive = false }
    let (method, minor) = (parser.head.value.method, parser.head.value.minorVersion)
    let sendsBody = method != .head && Status.hasBody(response.status)
    let end = bodyEnd(of: response)
    let date = server.date.line
    borrowOutput()
    guard output.appendHead(response, end, date: date, keepAlive: keepAlive, minor: minor) else {
      return respond(Refusal.internalError.response)
    }
    switch response.body {
    case .bytes(let bytes) where sendsBody: send(bytes)
    case .stream(let write) where sendsBody: stream(write, isChunked: minor == 1)
    default: finish()
    }
  }

  private func complete(_ response: Response) -> Response {
    let extra = parser.head.value.answerHeaders
    guard !extra.isEmpty || server.onResponse != nil else { return response }
    var response = response
    if let (name, _) = extra.first, !response.headers.contains(where: { $0.0.isHeader(name) }) {
      response.headers += extra
    }
    server.onResponse?(hasHead ? RequestHead(head: parser.head) : nil, tag, &response)
    return response
  }

  private func bodyEnd(of response: Response) -> BodyEnd {
    guard Status.hasBody(response.status) else { return .none }
    switch response.body {
    case .bytes(let bytes): return .length(bytes.count)
    case .stream:
      if parser.head.value.minorVersion == 1 { return .chunked }
      keepAlive = false
      return .none
    }
  }

  private func send(_ bytes: [UInt8]) {
    if bytes.count <= Self.pieceSize {
      output.append(contentsOf: bytes)
      finish()
    } else {
      tail = (bytes, 0)
      sendTail()
    }
  }

  private func sendTail() {
    flush()
    while let (bytes, sent) = tail, stream.pendingBytes == 0, phase == .handling {
      let end = min(sent + Self.pieceSize, bytes.count)
      tail = end < bytes.count ? (bytes, end) : nil
      write(Array(bytes[sent..<end]))
    }
    if tail == nil { finish() } else { arm() }
  }

  /// The response has been written; what comes next depends on the client.
  func finish() {
    guard phase == .handling else { return }
    phase = keepAlive ? .idle : .closing
    if !isAdvancing { resume() }
  }

  /// Answers an error of the request itself; the connection ends with it.
  func refuse(_ refusal: Refusal) {
    keepAlive = false
    phase = .handling
    server.onRefusal?(refusal.code, tag)
    respond(refusal.response)
  }

  func borrowOutput() {
    if output.capacity == 0 { swap(&output, &server.spareOutput) }
  }

  func flush() {
    if !output.isEmpty {
      write(output)
      server.giveBack(&output)
    }
    if phase == .idle, stream.pendingBytes > 0 { phase = .sending }
  }

  func write(_ bytes: [UInt8]) {
    let wasWaiting = stream.pendingBytes > 0
    stream.write(bytes)
    written += UInt64(bytes.count)
    if !wasWaiting, stream.pendingBytes > 0 { isArmed = false }
  }

  /// Everything written has reached the kernel.
  func drained() {
    isArmed = false
    if tail != nil {
      sendTail()
    } else if let streaming {
      arm()
      streaming.resume()
    } else if phase == .sending {
      phase = .idle
      resume()
    } else if phase == .closing, inputEnded {
      close()
    } else {
      arm()
    }
  }
}
