/// Mutable state that only the loop's thread touches, held by a type that is otherwise `Sendable`.
///
/// The engine's parts are shared with tasks, and all of those run on one loop; this says so to the compiler in one place
/// and checks it in debug builds.
public final class LoopLocal<Value>: @unchecked Sendable {
  // One thread, so the only overlap could be a caller's own; checking for it costs more than most of what is held here.
  @exclusivity(unchecked) private var stored: Value
  private let loop: EventLoop

  public init(_ loop: EventLoop, _ value: Value) {
    self.loop = loop
    stored = value
  }

  public var value: Value {
    _read {
      assert(loop.isCurrent, "state of the loop was read from another thread")
      yield stored
    }
    _modify {
      assert(loop.isCurrent, "state of the loop was changed from another thread")
      yield &stored
    }
  }
}
