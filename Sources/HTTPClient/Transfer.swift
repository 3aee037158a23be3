private import CLibCurl
internal import EventLoop

/// One exchange: libcurl's handle, what it has received, and who waits for it.
///
/// libcurl calls back into it while the driver holds it; it is touched on the loop's thread only.
final class Transfer: @unchecked Sendable {
  let easy: UnsafeMutableRawPointer
  let timeout: Duration
  private let method: String
  private let url: RequestURL
  private let deadline: LoopTimer
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var collector: ResponseCollector
  private var continuation: CheckedContinuation<HTTPResponse, any Error>?
  /// libcurl writes here what went wrong.
  private let detail = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  /// How often the request was about to be sent on a connection that stood.
  private var sendings = 0

  init(_ request: HTTPRequest, _ url: RequestURL, on loop: EventLoop) throws(HTTPClientError) {
    guard let easy = curl_easy_init() else { throw HTTPClientError(.failed, "libcurl has no memory for a request") }
    self.easy = easy
    self.url = url
    method = request.method
    timeout = request.timeout
    deadline = LoopTimer(loop)
    collector = ResponseCollector(maxBodyBytes: request.maxResponseBytes)
    setPolicy()
    setRequest(request)
    setCallbacks()
  }

  deinit {
    deadline.close()
    curl_easy_cleanup(easy)
    curl_slist_free_all(headers)
    detail.deallocate()
  }

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
    let detail = String(cString: detail)
    return detail.isEmpty ? otherwise : detail
  }

  // MARK: Options

  /// What holds for every request, whatever libcurl's defaults and the environment say.
  private func setPolicy() {
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_PROXY, "")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    set(CURLOPT_HTTP_TRANSFER_DECODING, 1)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(min(.seconds(5), timeout).milliseconds))
    // Servers close idle connections after a while; one that is about to be closed is a request that may be lost.
    set(CURLOPT_MAXAGE_CONN, 30)
    // Without it, giving up while a name resolves would block the loop until the resolver's thread is done.
    set(CURLOPT_QUICK_EXIT, 1)
  }

  private func setRequest(_ request: HTTPRequest) {
    curl_shim_set_url(easy, OpaquePointer(url.raw))
    let hasBody = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(method)
    if method == "HEAD" { set(CURLOPT_NOBODY, 1) }
    if hasBody {
      set(CURLOPT_POST, 1)
      curl_shim_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
      request.body.withUnsafeBytes { _ = curl_shim_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
    }
    set(CURLOPT_CUSTOMREQUEST, method)
    append("Expect:")
    if hasBody, !request.headers.contains(where: { $0.0.lowercased() == "content-type" }) { append("Content-Type:") }
    for (name, value) in request.headers {
      // libcurl takes "Name:" for "do not send it".
      append(value.allSatisfy { $0 == " " || $0 == "\t" } ? "\(name);" : "\(name): \(value)")
    }
    curl_shim_set_headers(easy, headers)
  }

  private func append(_ line: String) { headers = curl_slist_append(headers, line) ?? headers }

  private func set(_ option: CURLoption, _ value: Int) {
    let status = curl_shim_set_long(easy, option, value)
    precondition(status == CURLE_OK, "this libcurl does not know option \(option.rawValue)")
  }

  private func set(_ option: CURLoption, _ value: String) { curl_shim_set_string(easy, option, value) }

  private func setCallbacks() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    curl_shim_set_pointer(easy, CURLOPT_ERRORBUFFER, detail)
    curl_shim_on_header(
      easy,
      { bytes, size, count, me in
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer(me).collector.takeLine(Array(line)) ? size * count : 0
      }, me)
    curl_shim_on_body(
      easy,
      { bytes, size, count, me in
        let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer(me).collector.takeBody(part) ? size * count : 0
      }, me)
    curl_shim_before_request(easy, { me, _, _, _, _ in transfer(me).mayBeSent() ? 0 : 1 }, me)
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
