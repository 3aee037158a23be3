/// How the end of a response's body is told to the client.
enum BodyEnd {
  case length(Int)
  case chunked
  /// By the end of the connection, or there is none because the status has no body.
  case none
}

extension [UInt8] {
  /// Appends a status line and headers.
  /// - Returns: false, with nothing appended, when a header could not be sent without changing the response's structure.
  mutating func appendHead(_ response: Response, _ end: BodyEnd, date: [UInt8], keepAlive: Bool, minor: Int) -> Bool {
    guard 200..<600 ~= response.status else { return false }
    let start = count
    appendStatusLine(response.status)
    append(contentsOf: date)
    for (name, value) in response.headers where !isFraming(name) {
      guard appendHeader(name, value) else {
        removeSubrange(start...)
        return false
      }
    }
    append(contentsOf: response.lines.bytes)
    switch end {
    case .length(let length):
      append("Content-Length: ")
      append(decimal: length)
      append("\r\n")
    case .chunked: append("Transfer-Encoding: chunked\r\n")
    case .none: break
    }
    if !keepAlive { append("Connection: close\r\n") } else if minor == 0 { append("Connection: keep-alive\r\n") }
    append("\r\n")
    return true
  }

  private mutating func appendStatusLine(_ status: Int) {
    if status == 200 { return append("HTTP/1.1 200 OK\r\n") }
    append("HTTP/1.1 ")
    append(decimal: status)
    append(" ")
    append(Status.reason(status))
    append("\r\n")
  }

  mutating func appendHeader(_ name: String, _ value: String) -> Bool {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter), value.utf8.allSatisfy(\.isValueCharacter) else {
      return false
    }
    append(contentsOf: name.utf8)
    append(": ")
    append(contentsOf: value.utf8)
    append("\r\n")
    return true
  }

  /// Headers that say how the message is framed are the server's alone.
  private func isFraming(_ name: String) -> Bool {
    let own: StaticString? =
      switch name.utf8.count {
      case 4: "date"
      case 10: name.utf8.first?.lowercased == UInt8(ascii: "k") ? "keep-alive" : "connection"
      case 14: "content-length"
      case 17: "transfer-encoding"
      default: nil
      }
    guard let own else { return false }
    let bytes = UnsafeBufferPointer(start: own.utf8Start, count: own.utf8CodeUnitCount)
    return name.utf8.lazy.map(\.lowercased).elementsEqual(bytes)
  }

  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    append(UInt8(number % 10) + 48)
  }

  mutating func append(hex number: Int) {
    if number >= 16 { append(hex: number >> 4) }
    let digit = UInt8(number & 15)
    append(digit < 10 ? digit + 48 : digit + 87)
  }
}

extension UInt8 {
  /// What a header's value may hold: no control characters, so no line breaks.
  fileprivate var isValueCharacter: Bool { self >= 32 && self != 127 || self == 9 }
}
