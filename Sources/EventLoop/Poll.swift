private import CLibUV

/// Watches a descriptor that another library owns, such as libpq's socket.
public final class Poll: @unchecked Sendable {
  public struct Events: OptionSet, Sendable {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }
    public static let readable = Events(rawValue: Int32(UV_READABLE.rawValue))
    public static let writable = Events(rawValue: Int32(UV_WRITABLE.rawValue))
  }

  private let memory = HandleMemory<uv_poll_t>()
  private var watching: Events = []
  private var handler: (Events) -> Void = { _ in }

  /// - Throws: ``LoopError`` when the descriptor can't be polled.
  public init(_ loop: EventLoop, descriptor: Int32) throws(LoopError) {
    let status = uv_poll_init(loop.raw, memory.pointer, descriptor)
    if status < 0 { memory.discard() }
    try check(status, "watch descriptor \(descriptor)")
    memory.attach(self)
  }

  /// Calls the handler whenever one of the events holds; an error of the descriptor reports both.
  public func start(_ events: Events, _ handler: @escaping (Events) -> Void) {
    self.handler = handler
    watch(events)
  }

  /// Changes the events, keeping the handler; costs nothing when they are the same.
  public func watch(_ events: Events) {
    guard events != watching, !memory.isClosing else { return }
    watching = events
    if events.isEmpty {
      uv_poll_stop(memory.pointer)
      return
    }
    uv_poll_start(memory.pointer, events.rawValue) { poll, status, events in
      let me: Poll = owner(poll!.pointee.data)
      me.handler(status < 0 ? [.readable, .writable] : Events(rawValue: events))
    }
  }

  /// Stops watching for good; the descriptor stays open.
  public func close() {
    handler = { _ in }
    memory.close()
  }
}
