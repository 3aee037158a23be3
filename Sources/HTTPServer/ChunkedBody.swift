/// Takes the chunked coding off a body, strictly: CRLF and nothing else ends a line, and what extensions and trailers
/// there are is read past, within a bound.
struct ChunkedBody {
  private enum State {
    case size, extensions, sizeEnd, data, dataEnd, dataLineFeed, trailerStart, trailer, trailerEnd, end
  }

  private var state = State.size
  private var remaining = 0
  private var digits = 0
  /// Bytes of extensions and trailers that are still put up with.
  private var patience: Int

  init(overhead: Int) { patience = overhead }

  /// Appends the data in the bytes to the body, at most up to the limit.
  /// - Returns: how many bytes were used, and whether the body has ended.
  mutating func decode(_ bytes: RawSpan, into body: inout [UInt8], limit: Int) throws(Refusal) -> (
    used: Int, ended: Bool
  ) {
    var index = 0
    while index < bytes.byteCount {
      if state == .data {
        let count = min(remaining, bytes.byteCount - index)
        body.append(bytes.extracting(index..<index + count))
        index += count
        remaining -= count
        if remaining == 0 { state = .dataEnd }
        continue
      }
      let byte = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      index += 1
      try step(byte)
      if remaining > limit - body.count { throw .bodyTooLarge }
      if state == .end, byte == .lineFeed { return (index, true) }
    }
    return (index, false)
  }

  private mutating func step(_ byte: UInt8) throws(Refusal) {
    switch state {
    case .size: try readSize(byte)
    case .extensions: state = try readPast(byte, .extensions, end: .sizeEnd)
    case .sizeEnd:
      try expect(.lineFeed, byte, then: remaining == 0 ? .trailerStart : .data)
      digits = 0
    case .dataEnd: try expect(.carriageReturn, byte, then: .dataLineFeed)
    case .dataLineFeed: try expect(.lineFeed, byte, then: .size)
    case .trailerStart:
      if byte.isBlank { throw .foldedHeader }
      state = byte == .carriageReturn ? .end : try readPast(byte, .trailer, end: .trailerEnd)
    case .trailer: state = try readPast(byte, .trailer, end: .trailerEnd)
    case .trailerEnd: try expect(.lineFeed, byte, then: .trailerStart)
    case .end: try expect(.lineFeed, byte, then: .end)
    case .data: break
    }
  }

  private mutating func readSize(_ byte: UInt8) throws(Refusal) {
    if let digit = byte.hexDigit {
      guard digits < 15 else { throw .chunk }
      digits += 1
      remaining = remaining << 4 | digit
    } else if digits > 0, byte == .carriageReturn {
      state = .sizeEnd
    } else if digits > 0, byte == UInt8(ascii: ";") || byte.isBlank {
      state = .extensions
    } else {
      throw .chunk
    }
  }

  private mutating func readPast(_ byte: UInt8, _ same: State, end: State) throws(Refusal) -> State {
    patience -= 1
    guard patience >= 0 else { throw .headersTooLarge }
    if byte == .carriageReturn { return end }
    guard byte >= 32 && byte != 127 || byte == 9 else { throw .chunk }
    return same
  }

  private mutating func expect(_ wanted: UInt8, _ byte: UInt8, then next: State) throws(Refusal) {
    guard byte == wanted else { throw .chunk }
    state = next
  }
}

extension UInt8 {
  fileprivate var hexDigit: Int? {
    switch self {
    case 48...57: Int(self) - 48
    case 65...70: Int(self) - 55
    case 97...102: Int(self) - 87
    default: nil
    }
  }
}

extension [UInt8] {
  mutating func append(_ bytes: RawSpan) { bytes.withUnsafeBytes { append(contentsOf: $0) } }
}
