private import CLibCurl

/// A URL as libcurl understands it. The transfer is given this very object and not the text, so that no second parser
/// can see another host than the one that was checked.
final class RequestURL: @unchecked Sendable {
  private let handle: OpaquePointer
  /// `scheme://host:port`, in lower case and always with its port.
  private(set) var origin = ""
  /// Host and path, for people.
  private(set) var label = ""

  /// - Parameter isVerbatim: leaves dots in the path as they are.
  init(_ text: String, isVerbatim: Bool = false) throws(HTTPClientError) {
    guard let handle = curl_url() else { throw RequestURL.refusal("there is no memory for it") }
    self.handle = handle
    let flags = CURLU_DISALLOW_USER | (isVerbatim ? CURLU_PATH_AS_IS : 0)
    let status = curl_url_set(handle, CURLUPART_URL, text, UInt32(flags))
    guard status == CURLUE_OK else { throw RequestURL.refusal(String(cString: curl_url_strerror(status)).lowercased()) }
    let scheme = part(CURLUPART_SCHEME).lowercased()
    let host = part(CURLUPART_HOST).lowercased()
    guard scheme == "http" || scheme == "https" else { throw RequestURL.refusal("its scheme is not http or https") }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
      throw RequestURL.refusal("its host is not plain ASCII; write an international name in punycode")
    }
    origin = "\(scheme)://\(host):\(part(CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)))"
    label = host + part(CURLUPART_PATH)
  }

  deinit { curl_url_cleanup(handle) }

  /// For the one that sets it on a transfer, and must keep this object as long.
  var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(handle) }

  private func part(_ part: CURLUPart, _ flags: UInt32 = 0) -> String {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return "" }
    defer { curl_free(text) }
    return String(cString: text)
  }

  private static func refusal(_ reason: String) -> HTTPClientError {
    HTTPClientError(.badURL, "the URL of a request can't be used: \(reason); give an absolute http or https URL")
  }
}
