/// What the fields and the target of a well-formed head mean.
extension Head {
  /// Finds the few fields that the server itself acts on.
  mutating func interpretFields(length: UInt64) throws(Refusal) {
    var (hosts, lengths, codings) = (0, 0, 0)
    for field in fields {
      switch field.name.count {
      case 4 where self.field(field, isNamed: "host"):
        hosts += 1
        host = field.value.wide
      case 6 where self.field(field, isNamed: "expect"): try interpretExpectation(field.value.wide)
      case 14 where self.field(field, isNamed: "content-length"):
        lengths += 1
        try interpretLength(field.value.wide, length)
      case 17 where self.field(field, isNamed: "transfer-encoding"):
        codings += 1
        try interpretCoding(field.value.wide)
      default: break
      }
    }
    if hosts == 0, minorVersion == 1 { throw .missingHost }
    if hosts > 1 { throw .duplicateHost }
    if lengths > 1 { throw .contentLength }
    if lengths > 0, codings > 0 { throw .ambiguousLength }
    if codings > 1 { throw .transferCoding }
    if !host.allSatisfy({ bytes[$0].isHostCharacter }) { throw .invalidHost }
  }

  private mutating func interpretExpectation(_ value: Range<Int>) throws(Refusal) {
    guard minorVersion == 1 else { return }
    guard matches(value, "100-continue".utf8) else { throw .expectation }
    expectsContinue = true
  }

  private mutating func interpretLength(_ value: Range<Int>, _ length: UInt64) throws(Refusal) {
    guard !value.isEmpty, value.allSatisfy({ bytes[$0] &- 48 < 10 }) else { throw .contentLength }
    if framing == .none, length > 0 { framing = .length(Int(clamping: length)) }
  }

  private mutating func interpretCoding(_ value: Range<Int>) throws(Refusal) {
    guard minorVersion == 1 else { throw .codingInOldVersion }
    guard matches(value, "chunked".utf8) else { throw .transferCoding }
    framing = .chunked
  }

  /// A path, `*` for OPTIONS, or a whole URL, whose host then counts instead of the header's.
  mutating func interpretTarget() throws(Refusal) {
    if bytes[target.lowerBound] == UInt8(ascii: "/") { return split(target) }
    if target.count == 1, bytes[target.lowerBound] == UInt8(ascii: "*"), method == .options { return split(target) }
    let scheme = target.prefix(8)
    let start: Int
    if matches(scheme, "https://".utf8) {
      start = target.lowerBound + 8
    } else if matches(scheme.dropLast(), "http://".utf8) {
      start = target.lowerBound + 7
    } else {
      throw .target
    }
    let end = (start..<target.upperBound).first { bytes[$0] == UInt8(ascii: "/") || bytes[$0] == UInt8(ascii: "?") }
    host = start..<(end ?? target.upperBound)
    guard !host.isEmpty, host.allSatisfy({ bytes[$0].isHostCharacter }) else { throw .target }
    split(host.upperBound..<target.upperBound)
    // A URL without a path means "/": the last slash before its host serves.
    if path.isEmpty { path = start - 1..<start }
  }

  private mutating func split(_ range: Range<Int>) {
    guard let mark = bytes[range].firstIndex(of: UInt8(ascii: "?")) else {
      path = range
      return
    }
    path = range.lowerBound..<mark
    query = mark + 1..<range.upperBound
  }
}

extension UInt8 {
  /// What a host name, an IP literal and a port are made of.
  fileprivate var isHostCharacter: Bool {
    if lowercased &- 97 < 26 || self &- 48 < 10 { return true }
    switch self {
    case 33, 36...43, 45, 46, 58, 59, 61, 91, 93, 95, 126: return true
    default: return false
    }
  }
}
