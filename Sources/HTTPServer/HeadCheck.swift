/// The strict part of reading a head: everything that two servers in a row could understand differently is refused.
extension Head {
  /// Completes the head from what the parser knows: the method, if it is one that is served, version and body length.
  mutating func check(_ method: Method?, version: (major: Int, minor: Int), length: UInt64) throws(Refusal) {
    try checkRequestLine(version: version)
    guard let method else { throw .unknownMethod }
    (self.method, minorVersion) = (method, version.minor)
    try checkLines()
    try interpretFields(length: length)
    try interpretTarget()
  }

  /// Perhaps empty lines; then the method, one space, the target, one space, the version, CRLF.
  private func checkRequestLine(version: (major: Int, minor: Int)) throws(Refusal) {
    var start = 0
    while endsLine(at: start) { start += 2 }
    guard let space = bytes.firstIndex(of: .space), target.lowerBound == space + 1 else { throw .malformed }
    guard bytes[start] > .space else { throw .malformed }
    guard version.major == 1, version.minor <= 1 else { throw .version }
    guard target.allSatisfy({ bytes[$0].isTargetCharacter }) else { throw .target }
    let end = target.upperBound
    let first = fields.first.map { Int($0.name.lowerBound) } ?? bytes.count - 2
    guard first == end + 11, bytes[end] == .space, matches(end + 1..<end + 8, "http/1.".utf8) else { throw .malformed }
    guard endsLine(at: end + 9) else { throw .malformed }
  }

  /// Each line must be a token, a colon, a value between white space, CRLF, and then the next line must begin.
  private mutating func checkLines() throws(Refusal) {
    var start = fields.first.map { Int($0.name.lowerBound) } ?? bytes.count - 2
    for index in fields.indices {
      let name = fields[index].name.wide
      guard name.lowerBound == start, !name.isEmpty else { throw .malformed }
      guard name.allSatisfy({ bytes[$0].isTokenCharacter }), bytes[name.upperBound] == .colon else { throw .headerName }
      let value = trimmed(index, after: name.upperBound + 1)
      guard value.gap.allSatisfy({ bytes[$0].isBlank }) else { throw .foldedHeader }
      guard endsLine(at: value.lineEnd) else { throw .malformed }
      start = value.lineEnd + 2
    }
    guard start == bytes.count - 2, endsLine(at: start) else { throw .foldedHeader }
  }

  /// Takes the white space off a value's end; a value of nothing else has no place of its own.
  private mutating func trimmed(_ index: Int, after colon: Int) -> (gap: Range<Int>, lineEnd: Int) {
    var value = fields[index].value.wide
    if value.isEmpty { value = colon..<colon }
    var lineEnd = value.upperBound
    while bytes[lineEnd].isBlank { lineEnd += 1 }
    var end = value.upperBound
    while end > value.lowerBound, bytes[end - 1].isBlank { end -= 1 }
    fields[index].value = Int32(value.lowerBound)..<Int32(end)
    return (colon..<max(colon, value.lowerBound), lineEnd)
  }

  private func endsLine(at index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == .carriageReturn && bytes[index + 1] == .lineFeed
  }
}

extension UInt8 {
  static let space = UInt8(ascii: " ")
  static let colon = UInt8(ascii: ":")
  static let carriageReturn = UInt8(ascii: "\r")
  static let lineFeed = UInt8(ascii: "\n")

  var isBlank: Bool { self == .space || self == 9 }

  /// Printable ASCII; a fragment has no business in a request.
  var isTargetCharacter: Bool { self > 32 && self < 127 && self != UInt8(ascii: "#") }

  /// RFC 9110's `tchar`.
  var isTokenCharacter: Bool {
    if lowercased &- 97 < 26 || self &- 48 < 10 { return true }
    switch self {
    case 33, 35...39, 42, 43, 45, 46, 94, 95, 96, 124, 126: return true
    default: return false
    }
  }
}
