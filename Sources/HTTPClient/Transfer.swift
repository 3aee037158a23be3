private import CLibCurl
internal import EventLoop

/// One exchange: its handle, what was received, and who waits for it.
///
/// libcurl calls back into it while the driver holds it; it is touched on the loop's thread only.
final class Transfer: @unchecked Sendable {
  let easy: EasyHandle
  let timeout: Duration
  private let method: String
  private let url: RequestURL
  private let deadline: LoopTimer
  private var collector: ResponseCollector
  private var continuation: CheckedContinuation<HTTPResponse, any Error>?
  /// How often the request was about to be sent on a connection that stood.
  private var sendings = 0

  init(_ request: HTTPRequest, _ url: RequestURL, on loop: EventLoop) throws(HTTPClientError) {
    easy = try EasyHandle(request, url)
    self.url = url
    method = request.method
    timeout = request.timeout
    deadline = LoopTimer(loop)
    collector = ResponseCollector(maxBodyBytes: request.maxResponseBytes)
    setCallbacks()
  }

  deinit { deadline.close() }

  // MARK: Life

  func start(_ continuation: CheckedContinuation<HTTPResponse, any Error>, onDeadline: @escaping () -> Void) {
    self.continuation = continuation
    deadline.start(after: timeout.milliseconds, onDeadline)
  }

  /// Resumes the waiting task; only the first call counts.
  func finish(_ result: Result<HTTPResponse, HTTPClientError>) {
    deadline.stop()
    continuation?.resume(with: result.mapError { $0 as any Error })
    continuation = nil
  }

  /// Turns libcurl's verdict into the answer.
  func finish(_ code: UInt32) {
    let code = CURLcode(rawValue: code)
    if let refusal = collector.refusal { return finish(.failure(error(.tooLarge, refusal))) }
    finish(code == CURLE_OK ? .success(collector.response) : .failure(error(code)))
  }

  func error(_ code: HTTPClientError.Code, _ what: String) -> HTTPClientError {
    HTTPClientError(code, "\(method) \(url.label): \(what)", mayHaveArrived: sendings > 0)
  }

  private func error(_ code: CURLcode) -> HTTPClientError {
    let words = String(cString: curl_easy_strerror(code))
    switch code {
    case CURLE_OPERATION_TIMEDOUT: return error(.timedOut, "no connection stood in time; is the server reachable?")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT: return error(.connectFailed, reason(words))
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
      return error(.tls, reason(words))
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return error(.badURL, words)
    case CURLE_ABORTED_BY_CALLBACK:
      return error(.failed, "the server closed the connection without an answer; the request was not repeated")
    default: return error(.failed, "the exchange broke off: \(words)")
    }
  }

  /// libcurl's detail, which for connections and certificates names no more than the host.
  private func reason(_ otherwise: String) -> String {
    easy.detail.isEmpty ? otherwise : easy.detail
  }

  // MARK: Callbacks

  private func setCallbacks() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    curl_shim_on_header(
      easy.raw,
      { bytes, size, count, me in
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer(me).collector.takeLine(Array(line)) ? size * count : 0
      }, me)
    curl_shim_on_body(
      easy.raw,
      { bytes, size, count, me in
        let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer(me).collector.takeBody(part) ? size * count : 0
      }, me)
    curl_shim_before_request(easy.raw, { me, _, _, _, _ in transfer(me).mayBeSent() ? 0 : 1 }, me)
  }

  /// A connection stands and the request is about to be sent. libcurl asks again when a reused connection turned out
  /// dead and it wants to repeat the request, which could run a payment twice.
  private func mayBeSent() -> Bool {
    sendings += 1
    return sendings == 1 || RequestCheck.isIdempotent(method)
  }
}

private func transfer(_ me: UnsafeMutableRawPointer?) -> Transfer {
  Unmanaged<Transfer>.fromOpaque(me!).takeUnretainedValue()
}
