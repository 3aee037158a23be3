private import CLibUV

/// Turns a POSIX signal into a call on the loop.
public final class SignalSource: @unchecked Sendable {
  private let memory = HandleMemory<uv_signal_t>()
  private let handler: () -> Void

  /// - Throws: ``LoopError`` for a signal that can't be caught.
  public init(_ loop: EventLoop, signal: Int32, _ handler: @escaping () -> Void) throws(LoopError) {
    self.handler = handler
    uv_signal_init(loop.raw, memory.pointer)
    memory.attach(self)
    try check(
      uv_signal_start(
        memory.pointer, { signal, _ in owner(signal!.pointee.data, as: SignalSource.self).handler() }, signal),
      "catch signal \(signal)")
  }

  public func close() { memory.close() }
}
