/// Rows of a file of comma-separated values (RFC 4180): fields may stand in quotes, lines end in LF or CRLF.
struct CSV: Sendable {
  struct Row: Sendable {
    /// Of the file, from 1.
    var line: Int
    var fields: [String]
  }

  private(set) var rows: [Row] = []
  private var row = Row(line: 1, fields: [])
  private var field: [UInt8] = []
  private var line = 1
  private var isQuoted = false

  init(_ text: String) {
    var bytes = text.utf8.makeIterator()
    var next = bytes.next()
    while let byte = next {
      next = bytes.next()
      if isQuoted && byte == UInt8(ascii: "\"") && next == byte {
        field.append(byte)
        next = bytes.next()
      } else {
        take(byte)
      }
    }
    if !field.isEmpty || !row.fields.isEmpty { endRow() }
  }

  private mutating func take(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): isQuoted.toggle()
    case UInt8(ascii: ",") where !isQuoted: endField()
    case UInt8(ascii: "\n") where !isQuoted: endRow()
    default: field.append(byte)
    }
    if byte == UInt8(ascii: "\n") { line += 1 }
  }

  private mutating func endField() {
    row.fields.append(String(decoding: field, as: UTF8.self))
    field.removeAll(keepingCapacity: true)
  }

  /// An empty line is no row.
  private mutating func endRow() {
    if field.last == UInt8(ascii: "\r") { field.removeLast() }
    endField()
    if row.fields != [""] { rows.append(row) }
    row = Row(line: line + 1, fields: [])
  }
}
