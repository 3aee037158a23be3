internal import Postgres

/// `\copy table (columns) from 'file' options`, as psql has it.
struct CopyLine: Equatable {
  /// What the server is sent: the file's content follows.
  let statement: String
  let file: String
  let line: Int

  /// - Parameter text: what stands behind `\copy`.
  init?(_ text: Substring, line: Int) {
    guard let from = text.firstRange(of: " from '") ?? text.firstRange(of: " FROM '") else { return nil }
    let target = text[..<from.lowerBound].trimmed
    let rest = text[from.upperBound...]
    guard let quote = rest.firstIndex(of: "'"), quote > rest.startIndex, !target.isEmpty else { return nil }
    file = String(rest[..<quote])
    var options = rest[rest.index(after: quote)...].trimmed
    if options.hasSuffix(";") { options = options.dropLast() }
    statement = "copy \(target) from stdin \(options)"
    self.line = line
  }
}

/// A piece of a file: plain SQL, or a line that copies a file.
enum ScriptPart: Equatable {
  case sql(String, line: Int)
  case copy(CopyLine)
}

/// Takes a file apart at its `\copy` lines.
/// - Throws: ``MigrationError`` for any other command of psql.
func scriptParts(_ bytes: [UInt8], _ path: String) throws -> [ScriptPart] {
  var scanner = SQLScanner(bytes)
  var parts: [ScriptPart] = []
  var (line, start, startLine, offset) = (1, 0, 1, 0)
  var isLineStart = true
  func finish(_ end: Int) {
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    if !text.trimmed.isEmpty { parts.append(.sql(text, line: startLine)) }
  }
  while let kind = scanner.next() {
    if kind == .code, isLineStart, bytes[offset] == UInt8(ascii: "\\") {
      finish(offset)
      let end = bytes[offset...].firstIndex(of: 10) ?? bytes.count
      parts.append(.copy(try copyLine(bytes[offset..<end], line, path)))
      scanner = scanner.moved(to: end)
      (start, startLine, offset) = (end, line, end)
      continue
    }
    let piece = bytes[offset..<scanner.offset]
    line += piece.count { $0 == 10 }
    isLineStart = kind == .space && (isLineStart || piece.last == 10)
    offset = scanner.offset
  }
  finish(bytes.count)
  return parts
}

private func copyLine(_ bytes: ArraySlice<UInt8>, _ line: Int, _ path: String) throws -> CopyLine {
  let text = String(decoding: bytes, as: UTF8.self)
  guard text.hasPrefix("\\copy "), let copy = CopyLine(text.dropFirst(6), line: line) else {
    throw MigrationError(
      "\(path):\(line): of psql's commands only \\copy table (columns) from 'file' csv header is understood")
  }
  guard !copy.file.hasPrefix("/") else {
    throw MigrationError("\(path):\(line): the file must be named relative to the folder of migrations")
  }
  return copy
}

extension StringProtocol {
  var trimmed: Substring {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }

  fileprivate func firstRange(of part: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }
}
