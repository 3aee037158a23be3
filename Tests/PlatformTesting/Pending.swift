internal import EventLoop
internal import Gateway
internal import Runtime

/// A request whose answer is still to come, and whose client may go.
public final class Pending: Sendable {
  private let stream: LoopLocal<Stream>
  private let received: LoopLocal<[UInt8]>
  private let isOver: LoopLocal<Bool>
  private let loop: EventLoop

  fileprivate init(_ loop: EventLoop, _ stream: Stream, _ bytes: [UInt8]) {
    self.loop = loop
    self.stream = LoopLocal(loop, stream)
    received = LoopLocal(loop, [])
    isOver = LoopLocal(loop, false)
    let (received, isOver) = (received, isOver)
    stream.startReading { bytes in
      bytes.withUnsafeBytes { received.value.append(contentsOf: $0) }
    } onEnd: { _ in
      stream.close()
      isOver.value = true
    }
    stream.write(bytes)
  }

  /// The client goes without waiting for its answer.
  public func leave() { stream.value.close() }

  /// The client says that it will send no more, but listens.
  public func endSending() { stream.value.shutdown() }

  public func answer() async throws -> Answer {
    for _ in 0..<2000 where !isOver.value { try await loop.sleep(for: .milliseconds(10)) }
    return try Answer(received.value)
  }
}

extension Platform {
  /// Sends a request and goes on once the host has it under way, waiting or running.
  public func begin(_ method: String, _ path: String, body: String? = nil) async throws -> Pending {
    let before = services.inFlight.count
    var text = "\(method) \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
    if let body { text += "content-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n" }
    let stream = try await Stream.connect(loop, to: .tcp(host: "127.0.0.1", port: port(.service(bundle.name))))
    let pending = Pending(loop, stream, Array((text + "\r\n" + (body ?? "")).utf8))
    try await until { services.inFlight.count > before }
    return pending
  }
}
