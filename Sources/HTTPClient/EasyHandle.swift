private import CLibCurl
private import EventLoop

/// libcurl's handle of one request, with every option set and everything that libcurl only points to.
final class EasyHandle: @unchecked Sendable {
  let raw: UnsafeMutableRawPointer
  private let url: RequestURL
  private var headers: UnsafeMutablePointer<curl_slist>?
  private let errorBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  init(_ request: HTTPRequest, _ url: RequestURL) throws(HTTPClientError) {
    self.url = url
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    guard let raw = curl_easy_init() else {
      throw HTTPClientError(.failed, "libcurl could not make a request; is the machine out of memory?")
    }
    self.raw = raw
    try setPolicy()
    try setRequest(request)
    try setHeaders(request)
    try set(curl_shim_set_pointer(raw, CURLOPT_ERRORBUFFER, errorBuffer))
    try set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, min(5000, request.timeout.milliseconds))))
  }

  deinit {
    curl_easy_cleanup(raw)
    curl_slist_free_all(headers)
    errorBuffer.deallocate()
  }

  /// What went wrong, in libcurl's words; empty when it had none.
  var detail: String { String(cString: errorBuffer) }

  /// What holds for every request, whatever libcurl's defaults and the environment say.
  private func setPolicy() throws(HTTPClientError) {
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    // Servers close idle connections after a while; a request on one that is about to be closed may be lost.
    try set(CURLOPT_MAXAGE_CONN, 30)
    // Without it, giving up while a name resolves would block the loop until the resolver's thread is done.
    try set(CURLOPT_QUICK_EXIT, 1)
  }

  private func setRequest(_ request: HTTPRequest) throws(HTTPClientError) {
    try set(curl_shim_set_url(raw, OpaquePointer(url.raw)))
    if let path = request.socketPath { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
    if request.method == "HEAD" { try set(CURLOPT_NOBODY, 1) }
    if request.hasBody {
      try set(CURLOPT_POST, 1)
      try set(curl_shim_set_size(raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
      // An empty body needs a valid pointer: without one libcurl would read the body from elsewhere.
      let body = request.body.isEmpty ? [0] : request.body
      try set(body.withUnsafeBytes { curl_shim_set_pointer(raw, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) })
    }
    try set(CURLOPT_CUSTOMREQUEST, request.method)
  }

  private func setHeaders(_ request: HTTPRequest) throws(HTTPClientError) {
    try append("Expect:")
    let hasType = request.headers.contains { $0.0.lowercased() == "content-type" }
    if request.hasBody, !hasType { try append("Content-Type:") }
    for (name, value) in request.headers {
      // libcurl takes "Name:" for "do not send it".
      try append(value.allSatisfy { $0 == " " || $0 == "\t" } ? "\(name);" : "\(name): \(value)")
    }
    try set(curl_shim_set_headers(raw, headers))
  }

  private func append(_ line: String) throws(HTTPClientError) {
    guard let longer = curl_slist_append(headers, line) else { return try set(CURLE_OUT_OF_MEMORY) }
    headers = longer
  }

  private func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
    try set(curl_shim_set_long(raw, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) throws(HTTPClientError) {
    try set(curl_shim_set_string(raw, option, value))
  }

  /// An option that is not set may be the one that keeps the request safe, so nothing is sent then.
  private func set(_ status: CURLcode) throws(HTTPClientError) {
    guard status != CURLE_OK else { return }
    let reason = String(cString: curl_easy_strerror(status))
    throw HTTPClientError(.failed, "\(url.label): libcurl can't prepare the request: \(reason); is it at least 7.88?")
  }
}

extension HTTPRequest {
  /// Whether the message has a body, though it be empty.
  fileprivate var hasBody: Bool { !body.isEmpty || ["POST", "PUT", "PATCH"].contains(method) }
}
