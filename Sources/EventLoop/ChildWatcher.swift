private import Glibc

/// Tells when processes that were started, or inherited from a program whose place this one has taken, end.
public final class ChildWatcher: Sendable {
  public typealias End = (_ status: Int, _ signal: Int32) -> Void

  private let watched: LoopLocal<[Int32: End]>
  private let source: LoopLocal<SignalSource?>
  private let loop: EventLoop

  public init(_ loop: EventLoop) throws(LoopError) {
    self.loop = loop
    watched = LoopLocal(loop, [:])
    source = LoopLocal(loop, nil)
    source.value = try SignalSource(loop, signal: SIGCHLD) { [weak self] in self?.look() }
  }

  /// Calls `onEnd` once, on the loop, with the exit status and the signal that ended it (0 for none).
  public func watch(_ process: Int32, onEnd: @escaping End) {
    watched.value[process] = onEnd
    // It may have ended before anybody looked.
    loop.execute { [weak self] in self?.look() }
  }

  private func look() {
    for (process, end) in watched.value {
      var raw: Int32 = 0
      guard waitpid(process, &raw, WNOHANG) == process else { continue }
      watched.value[process] = nil
      let signal = raw & 0x7F
      end(signal == 0 ? Int(raw >> 8 & 0xFF) : 0, signal)
    }
  }

  public func close() { source.value?.close() }
}
