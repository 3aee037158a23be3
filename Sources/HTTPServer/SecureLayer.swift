internal import EventLoop
internal import TLS

/// What stands between a connection and its stream when the client speaks TLS.
final class SecureLayer {
  let session: TLSSession
  /// Whether the client has been answered; until then it is owed one, even by a server that drains.
  var hasServed = false
  /// What has come of the client's first record; nil once that is whole. OpenSSL would set aside its buffers with its first
  /// byte, and a client could make it do so and never send the rest.
  private var opening: [UInt8]? = []
  /// Bytes that the protocol had to say for itself since the handshake.
  private var chatter = 0

  /// A client can make the server answer without ever reading an answer; no honest one needs so many.
  private static let chatterBound = 16 * 1024

  init(_ session: TLSSession) { self.session = session }

  func receive(_ bytes: borrowing RawSpan, _ take: (borrowing RawSpan) -> Bool) -> TLSSession.Outcome {
    guard opening != nil else { return session.receive(bytes, take) }
    opening?.append(bytes)
    guard let record = opening, !record.lacksRecord else { return .open }
    opening = nil
    return session.receive(record.span.bytes, take)
  }

  func seal(_ bytes: [UInt8]) -> [UInt8] { session.seal(bytes) }

  func mayReply(_ bytes: [UInt8]) -> Bool {
    if session.isEstablished { chatter += bytes.count }
    return chatter <= Self.chatterBound
  }
}

extension [UInt8] {
  /// Whether more has to come before the first record of a handshake is whole. What is no such record lacks nothing.
  fileprivate var lacksRecord: Bool {
    guard first == 0x16 else { return false }
    guard count >= 5 else { return true }
    let length = Int(self[3]) << 8 | Int(self[4])
    return length <= 16 * 1024 && count < 5 + length
  }
}

extension Connection {
  /// Whether the client has yet to prove that it wants anything.
  var isShakingHands: Bool { secure.map { !$0.session.isEstablished } ?? false }

  /// Whether it is a fresh TLS connection, whose client may be about to send its first request.
  var awaitsFirst: Bool { secure.map { !$0.hasServed } ?? false }

  /// Takes what has come in as records of TLS.
  func receivedRecords(_ bytes: borrowing RawSpan, _ secure: SecureLayer) {
    let wasShakingHands = isShakingHands
    let outcome = secure.receive(bytes) { plain in
      guard phase != .closed else { return false }
      received(plain)
      return phase != .closed
    }
    let reply = secure.session.takeOutput()
    guard secure.mayReply(reply) else { return close() }
    if !reply.isEmpty { writeRaw(reply) }
    switch outcome {
    case .open where wasShakingHands && !isShakingHands && phase == .idle:
      isArmed = false
      settle()
    case .open: break
    case .ended: if phase != .closed { ended(nil) }
    case .failed: close()
    }
  }

  /// Ends a connection between two requests.
  func endIdle() {
    guard secure != nil, !isShakingHands else { return close() }
    phase = .closing
    settle()
  }

  /// Tells the client that what it has read is all; without this it could not tell an end from a cut.
  func sayGoodbye() {
    guard let secure else { return }
    let goodbye = secure.session.end()
    if !goodbye.isEmpty { writeRaw(goodbye) }
  }
}
