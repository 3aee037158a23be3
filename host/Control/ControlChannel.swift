import EventLoop
import FunctionKit

/// One end of the socket between a supervisor and a worker: a line of JSON for each message.
final class ControlChannel<Incoming: Decodable & Sendable, Outgoing: Encodable & Sendable>: Sendable {
  private let stream: Stream
  private let rest: LoopLocal<[UInt8]>

  /// - Parameter onEnd: called once, when the other side has gone, whether that is noticed in reading or in writing.
  init(
    _ loop: EventLoop, _ stream: Stream, onMessage: @escaping @Sendable (Incoming) -> Void,
    onEnd: @escaping @Sendable () -> Void = {}
  ) {
    self.stream = stream
    rest = LoopLocal(loop, [])
    stream.startReading(
      { [self] bytes in
        for message in lines(bytes) {
          if let message = try? decodeJSON(Incoming.self, from: message) { onMessage(message) }
        }
      }, onEnd: { _ in stream.close() })
    stream.whenClosed(onEnd)
  }

  func send(_ message: Outgoing) {
    guard let line = try? encodeJSON(message) else { return }
    stream.write(line + [UInt8(ascii: "\n")])
  }

  /// What the program that takes this one's place is to keep.
  var descriptor: Int32? { stream.descriptor }

  func close() { stream.close() }

  /// The whole lines that there are now.
  private func lines(_ bytes: borrowing RawSpan) -> [[UInt8]] {
    rest.value += unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    var parts = rest.value.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    rest.value = parts.popLast() ?? []
    return parts
  }
}
