private import CLibCurl
internal import EventLoop

/// Runs libcurl's transfers on the loop: libcurl says which sockets and which time to watch, the loop says when.
final class Driver: @unchecked Sendable {
  private let loop: EventLoop
  private let multi: UnsafeMutableRawPointer
  private let timer: LoopTimer
  private var polls: [Int32: Poll] = [:]
  private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
  private(set) var isClosed = false

  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init(_ loop: EventLoop, _ connectionsPerHost: Int) throws(HTTPClientError) {
    guard Driver.isLibraryReady, let multi = curl_multi_init() else {
      throw HTTPClientError(.failed, "libcurl could not be initialised; is the machine out of memory?")
    }
    self.loop = loop
    self.multi = multi
    timer = LoopTimer(loop)
    setLimits(connectionsPerHost)
    setCallbacks()
  }

  func start(_ transfer: Transfer, _ continuation: CheckedContinuation<HTTPResponse, any Error>) {
    transfer.start(continuation) { [self, unowned transfer] in
      end(transfer, .timedOut, "no complete response within \(transfer.timeout)")
    }
    guard !isClosed else { return transfer.finish(.failure(transfer.error(.cancelled, "the client is closed"))) }
    transfers[transfer.easy.raw] = transfer
    let status = curl_multi_add_handle(multi, transfer.easy.raw)
    if status != CURLM_OK { end(transfer, .failed, String(cString: curl_multi_strerror(status))) }
  }

  /// Breaks a transfer off; one that is over already is left alone.
  func end(_ transfer: Transfer, _ code: HTTPClientError.Code, _ what: String) {
    guard forget(transfer) else { return }
    transfer.finish(.failure(transfer.error(code, what)))
  }

  /// Ends every transfer and closes the connections.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    for transfer in transfers.values { end(transfer, .cancelled, "the client was closed") }
    curl_multi_cleanup(multi)
    for poll in polls.values { poll.close() }
    polls = [:]
    timer.close()
  }

  private func forget(_ transfer: Transfer) -> Bool {
    guard transfers.removeValue(forKey: transfer.easy.raw) != nil else { return false }
    curl_multi_remove_handle(multi, transfer.easy.raw)
    return true
  }

  // MARK: From the loop to libcurl

  private func act(_ socket: Int32, _ events: Int32) {
    guard !isClosed else { return }
    var running: Int32 = 0
    curl_multi_socket_action(multi, socket, events, &running)
    finishDone()
  }

  private func finishDone() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let transfer = transfers[message.pointee.easy_handle] else { continue }
      // The message lives only as long as the handle is in the multi handle.
      let code = message.pointee.data.result
      _ = forget(transfer)
      transfer.finish(code.rawValue)
    }
  }

  // MARK: From libcurl to the loop

  private func setLimits(_ connectionsPerHost: Int) {
    curl_shim_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connectionsPerHost)
    curl_shim_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, max(256, connectionsPerHost))
    curl_shim_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(256, connectionsPerHost))
  }

  private func setCallbacks() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    curl_shim_multi_on_socket(
      multi,
      { easy, socket, what, me, _ in
        driver(me).watch(socket, what, for: easy)
        return 0
      }, me)
    curl_shim_multi_on_timer(
      multi,
      { _, delay, me in
        driver(me).wait(delay)
        return 0
      }, me)
  }

  private func watch(_ socket: Int32, _ what: Int32, for easy: UnsafeMutableRawPointer?) {
    if what == CURL_POLL_REMOVE {
      polls.removeValue(forKey: socket)?.close()
      return
    }
    var events: Poll.Events = []
    if what & CURL_POLL_IN != 0 { events.insert(.readable) }
    if what & CURL_POLL_OUT != 0 { events.insert(.writable) }
    if let poll = polls[socket] { return poll.watch(events) }
    do {
      let poll = try Poll(loop, descriptor: socket)
      polls[socket] = poll
      poll.start(events) { [self] in act(socket, bits($0)) }
    } catch {
      giveUp(easy, error)
    }
  }

  /// libcurl may not be called from its own callback, so the transfer ends a moment later.
  private func giveUp(_ easy: UnsafeMutableRawPointer?, _ error: LoopError) {
    guard let easy, let transfer = transfers[easy] else { return }
    loop.execute { [self] in end(transfer, .failed, error.message) }
  }

  private func wait(_ delay: Int) {
    guard !isClosed else { return }
    if delay < 0 { return timer.stop() }
    timer.start(after: UInt64(delay)) { [self] in act(-1, 0) }
  }
}

private func driver(_ me: UnsafeMutableRawPointer?) -> Driver {
  Unmanaged<Driver>.fromOpaque(me!).takeUnretainedValue()
}

private func bits(_ events: Poll.Events) -> Int32 {
  (events.contains(.readable) ? CURL_CSELECT_IN : 0) | (events.contains(.writable) ? CURL_CSELECT_OUT : 0)
}
