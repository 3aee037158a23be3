internal import CLibUV
private import Glibc

/// A connected TCP or Unix socket, or one end of a pipe. It keeps itself alive until it is closed.
///
/// Reading is by callback; writing never blocks: what the kernel does not take at once waits here, and
/// ``pendingBytes`` and ``onDrain`` let the writer hold back.
public final class Stream: @unchecked Sendable {
  enum Memory {
    case tcp(HandleMemory<uv_tcp_t>)
    case pipe(HandleMemory<uv_pipe_t>)
  }

  let memory: Memory
  private let loop: EventLoop
  private var onRead: ((borrowing RawSpan) -> Void)?
  private var onEnd: ((LoopError?) -> Void)?
  private var onClose: (() -> Void)?

  /// Called when everything written so far has reached the kernel after some of it had to wait.
  public var onDrain: (() -> Void)?
  /// Bytes that were written and still wait for the kernel.
  public private(set) var pendingBytes = 0
  public private(set) var isClosed = false

  init(_ loop: EventLoop, _ memory: Memory) {
    self.loop = loop
    self.memory = memory
    switch memory {
    case .tcp(let memory): memory.attach(self)
    case .pipe(let memory): memory.attach(self)
    }
  }

  /// One end of a pair of sockets or of a pipe. The descriptor is the stream's from then on.
  public convenience init(_ loop: EventLoop, descriptor: Int32) throws(LoopError) {
    let memory = HandleMemory<uv_pipe_t>()
    uv_pipe_init(loop.raw, memory.pointer, 0)
    self.init(loop, .pipe(memory))
    let status = uv_pipe_open(memory.pointer, descriptor)
    if status < 0 { close() }
    try check(status, "use descriptor \(descriptor)")
  }

  static func tcp(_ loop: EventLoop) -> Stream {
    let memory = HandleMemory<uv_tcp_t>()
    uv_tcp_init(loop.raw, memory.pointer)
    return Stream(loop, .tcp(memory))
  }

  static func pipe(_ loop: EventLoop) -> Stream {
    let memory = HandleMemory<uv_pipe_t>()
    uv_pipe_init(loop.raw, memory.pointer, 0)
    return Stream(loop, .pipe(memory))
  }

  /// The kernel's number of it; nil when it is closed.
  public var descriptor: Int32? {
    guard !isClosed else { return nil }
    var number: uv_os_fd_t = -1
    let handle = UnsafeMutableRawPointer(raw).assumingMemoryBound(to: uv_handle_t.self)
    return uv_fileno(handle, &number) == 0 ? number : nil
  }

  var raw: UnsafeMutablePointer<uv_stream_t> {
    switch memory {
    case .tcp(let memory): UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: uv_stream_t.self)
    case .pipe(let memory): UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: uv_stream_t.self)
    }
  }

  // MARK: Reading

  /// Starts or resumes reading. The bytes are valid during the call only; `onEnd` gets nil at a clean end.
  public func startReading(_ onRead: @escaping (borrowing RawSpan) -> Void, onEnd: @escaping (LoopError?) -> Void) {
    self.onRead = onRead
    self.onEnd = onEnd
    resumeReading()
  }

  public func resumeReading() {
    guard !isClosed else { return }
    uv_read_start(
      raw,
      { handle, _, buffer in
        let stream: Stream = owner(handle!.pointee.data)
        buffer!.pointee = uv_buf_t(base: stream.loop.readBuffer.baseAddress, len: stream.loop.readBuffer.count)
      },
      { handle, count, buffer in
        owner(handle!.pointee.data, as: Stream.self).take(count, buffer!.pointee)
      })
  }

  /// Back-pressure: the peer is not read until ``resumeReading()``.
  public func pauseReading() {
    guard !isClosed else { return }
    uv_read_stop(raw)
  }

  private func take(_ count: Int, _ buffer: uv_buf_t) {
    if count > 0 {
      let bytes = UnsafeRawBufferPointer(start: buffer.base, count: count)
      onRead?(bytes.bytes)
    } else if count < 0 {
      uv_read_stop(raw)
      onEnd?(count == Int(UV_EOF.rawValue) ? nil : LoopError(Int32(count), "read from the peer"))
    }
  }

  // MARK: Writing

  /// Sends the bytes in order. A failed write closes the stream.
  public func write(_ bytes: [UInt8]) {
    guard !isClosed, !bytes.isEmpty else { return }
    let sent = pendingBytes > 0 ? 0 : tryWrite(bytes)
    guard sent >= 0 else { return close() }
    if sent < bytes.count { queue(bytes, from: sent) }
  }

  private func tryWrite(_ bytes: [UInt8]) -> Int {
    let status = bytes.withUnsafeBytes { bytes in
      var buffer = uv_buf_t(
        base: UnsafeMutableRawPointer(mutating: bytes.baseAddress!).assumingMemoryBound(to: CChar.self),
        len: bytes.count)
      return Int(uv_try_write(raw, &buffer, 1))
    }
    return status == Int(UV_EAGAIN.rawValue) ? 0 : status
  }

  private func queue(_ bytes: [UInt8], from start: Int) {
    let write = PendingWrite(bytes, from: start, stream: self)
    pendingBytes += bytes.count - start
    if write.start(on: raw) < 0 { close() }
  }

  fileprivate func finished(_ count: Int, _ status: Int32) {
    pendingBytes -= count
    if status < 0 { return close() }
    if pendingBytes == 0 { onDrain?() }
  }

  // MARK: Ending

  /// Sends what waits, then the end of the stream; reading goes on until the peer ends too.
  public func shutdown() {
    guard !isClosed else { return }
    let request = UnsafeMutablePointer<uv_shutdown_t>.allocate(capacity: 1)
    let status = uv_shutdown(request, raw) { request, _ in request!.deallocate() }
    if status < 0 { request.deallocate() }
  }

  public func whenClosed(_ body: @escaping () -> Void) { onClose = body }

  public func close() {
    guard !isClosed else { return }
    isClosed = true
    switch memory {
    case .tcp(let memory): memory.close()
    case .pipe(let memory): memory.close()
    }
    let tell = onClose
    (onRead, onEnd, onDrain, onClose) = (nil, nil, nil, nil)
    tell?()
  }

  /// The peer's address, or nil for Unix sockets and closed connections.
  public var peer: SocketAddress? {
    guard case .tcp(let memory) = memory, !isClosed else { return nil }
    var storage = sockaddr_storage()
    var length = Int32(MemoryLayout<sockaddr_storage>.size)
    let status = withUnsafeMutablePointer(to: &storage) { storage in
      uv_tcp_getpeername(
        memory.pointer, UnsafeMutableRawPointer(storage).assumingMemoryBound(to: sockaddr.self), &length)
    }
    return status < 0 ? nil : SocketAddress(kernel: storage)
  }
}

/// Bytes on their way to the kernel, with the request that libuv needs meanwhile.
private final class PendingWrite {
  private let request = UnsafeMutablePointer<uv_write_t>.allocate(capacity: 1)
  private let buffer: UnsafeMutableBufferPointer<CChar>
  private let stream: Stream

  init(_ bytes: [UInt8], from start: Int, stream: Stream) {
    buffer = .allocate(capacity: bytes.count - start)
    _ = UnsafeMutableRawBufferPointer(buffer).initializeMemory(as: UInt8.self, from: bytes[start...])
    self.stream = stream
  }

  deinit {
    request.deallocate()
    buffer.deallocate()
  }

  func start(on raw: UnsafeMutablePointer<uv_stream_t>) -> Int32 {
    let me = Unmanaged.passRetained(self)
    request.pointee.data = me.toOpaque()
    var part = uv_buf_t(base: buffer.baseAddress, len: buffer.count)
    let status = uv_write(request, raw, &part, 1) { request, status in
      let write = Unmanaged<PendingWrite>.fromOpaque(request!.pointee.data).takeRetainedValue()
      write.stream.finished(write.buffer.count, status)
    }
    if status < 0 { me.release() }
    return status
  }
}
