private import CLLHTTP

/// Reads request heads with llhttp: fed with bytes, it notes in a ``Head`` where the parts are.
///
/// It stops at the end of each head. Bodies are not its concern, and what it lets pass too kindly is caught by
/// ``Head/check(_:version:length:)``.
final class HeadParser {
  enum Outcome {
    case incomplete, complete
    case failed(Refusal)
  }

  private let raw = UnsafeMutablePointer<llhttp_t>.allocate(capacity: 1)
  /// The head being read, or read last. It is used again for the next request when the handler has let go of it.
  @exclusivity(unchecked) private(set) var head = SharedHead()
  /// What to subtract from an address in the current bytes to get an index in the head.
  private var origin = 0
  private let maximumFields: Int

  init(maximumFields: Int) {
    self.maximumFields = maximumFields
    llhttp_init(raw, HTTP_REQUEST, callbacks)
    raw.pointee.data = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit { raw.deallocate() }

  /// Makes ready for the next head.
  func reset() {
    llhttp_reset(raw)
    if isKnownUniquelyReferenced(&head), head.value.isReusable { head.value.clear() } else { head = SharedHead() }
  }

  /// Lets go of a head that is too large to be kept by an idle connection.
  func shrink() {
    if !head.value.isReusable { head = SharedHead() }
  }

  /// Takes what belongs to the head and says how many bytes that was.
  func feed(_ bytes: RawSpan) -> (used: Int, outcome: Outcome) {
    bytes.withUnsafeBytes { bytes in
      let base = bytes.baseAddress!
      origin = Int(bitPattern: base) - head.value.bytes.count
      let status = llhttp_execute(raw, base.assumingMemoryBound(to: CChar.self), bytes.count)
      if status == HPE_OK {
        head.value.bytes.append(contentsOf: bytes)
        return (bytes.count, .incomplete)
      }
      let used = UnsafeRawPointer(raw.pointee.error_pos!) - base
      if status == HPE_PAUSED {
        head.value.bytes.append(contentsOf: bytes[..<used])
        return (used, .complete)
      }
      head.value.bytes.append(contentsOf: bytes[..<min(used + 1, bytes.count)])
      return (used, .failed(refusal(status)))
    }
  }

  /// Checks and completes a finished head.
  func complete() throws(Refusal) {
    let (major, minor) = (Int(raw.pointee.http_major), Int(raw.pointee.http_minor))
    head.value.keepAlive = llhttp_should_keep_alive(raw) != 0
    try head.value.check(method(raw.pointee.method), version: (major, minor), length: raw.pointee.content_length)
  }

  private func method(_ number: UInt8) -> Method? {
    switch llhttp_method(UInt32(number)) {
    case HTTP_GET: .get
    case HTTP_HEAD: .head
    case HTTP_POST: .post
    case HTTP_PUT: .put
    case HTTP_PATCH: .patch
    case HTTP_DELETE: .delete
    case HTTP_OPTIONS: .options
    case HTTP_TRACE: .trace
    default: nil
    }
  }

  private func refusal(_ status: llhttp_errno_t) -> Refusal {
    switch status {
    case HPE_INVALID_METHOD: head.value.bytes.allSatisfy(\.isTokenCharacter) ? .unknownMethod : .malformed
    case HPE_INVALID_VERSION: head.value.hasKnownVersion ? .malformed : .version
    case HPE_PAUSED_H2_UPGRADE: .version
    case HPE_INVALID_TRANSFER_ENCODING: .transferCoding
    case HPE_INVALID_CONTENT_LENGTH, HPE_UNEXPECTED_CONTENT_LENGTH: .contentLength
    case HPE_USER: .headersTooLarge
    default: head.value.isFolded ? .foldedHeader : .malformed
    }
  }

  // MARK: Callbacks

  private func range(_ at: UnsafePointer<CChar>, _ count: Int) -> Range<Int32> {
    let start = Int32(truncatingIfNeeded: Int(bitPattern: at) - origin)
    return start..<start + Int32(count)
  }

  fileprivate func foundTarget(_ at: UnsafePointer<CChar>, _ count: Int) { head.value.noteTarget(range(at, count)) }

  fileprivate func foundName(_ at: UnsafePointer<CChar>, _ count: Int) -> Int32 {
    head.value.noteName(range(at, count), most: maximumFields) ? 0 : -1
  }

  fileprivate func foundValue(_ at: UnsafePointer<CChar>, _ count: Int) { head.value.noteValue(range(at, count)) }

  fileprivate func endedValue() { head.value.isInValue = true }

  fileprivate func endedHead() -> Int32 {
    head.value.isFolded ? -1 : Int32(HPE_PAUSED.rawValue)
  }
}

/// Shared by all parsers, for as long as the process lives.
private nonisolated(unsafe) let callbacks: UnsafePointer<llhttp_settings_t> = {
  let settings = UnsafeMutablePointer<llhttp_settings_t>.allocate(capacity: 1)
  llhttp_settings_init(settings)
  settings.pointee.on_url = { raw, at, count in
    parser(raw).foundTarget(at!, count)
    return 0
  }
  settings.pointee.on_header_field = { raw, at, count in parser(raw).foundName(at!, count) }
  settings.pointee.on_header_value = { raw, at, count in
    parser(raw).foundValue(at!, count)
    return 0
  }
  settings.pointee.on_header_value_complete = { raw in
    parser(raw).endedValue()
    return 0
  }
  settings.pointee.on_headers_complete = { raw in parser(raw).endedHead() }
  return UnsafePointer(settings)
}()

private func parser(_ raw: UnsafeMutablePointer<llhttp_t>?) -> HeadParser {
  Unmanaged<HeadParser>.fromOpaque(raw!.pointee.data)._withUnsafeGuaranteedRef { $0 }
}
