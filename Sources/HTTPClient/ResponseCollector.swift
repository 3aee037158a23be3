/// Puts a response together from what arrives, within its limits.
struct ResponseCollector {
  static let maxHeadBytes = 64 << 10

  let maxBodyBytes: Int
  private(set) var response = HTTPResponse(status: 0)
  /// Why no more is taken.
  private(set) var refusal: String?
  private var headBytes = 0
  private var isHeadComplete = false

  init(maxBodyBytes: Int) { self.maxBodyBytes = maxBodyBytes }

  /// Takes one line of the head, its line end included. An interim response (1xx) is replaced by the next one;
  /// trailers are dropped, for nobody checks what they may override.
  /// - Returns: whether to go on.
  mutating func takeLine(_ bytes: [UInt8]) -> Bool {
    headBytes += bytes.count
    guard headBytes <= ResponseCollector.maxHeadBytes else {
      return refuse("the response's head is longer than \(ResponseCollector.maxHeadBytes) bytes")
    }
    let line = String(decoding: bytes, as: UTF8.self).trimmingLineEnd()
    if isHeadComplete {
      guard response.status < 200 else { return true }
      isHeadComplete = false
    }
    if line.isEmpty { isHeadComplete = true } else { takeField(line) }
    return true
  }

  mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard response.body.count + bytes.count <= maxBodyBytes else {
      return refuse("the response's body is longer than the \(maxBodyBytes) bytes allowed; raise maxResponseBytes")
    }
    response.body.append(contentsOf: bytes)
    return true
  }

  private mutating func takeField(_ line: Substring) {
    if line.hasPrefix("HTTP/") {
      response = HTTPResponse(status: line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
    } else if line.first == " " || line.first == "\t" {
      guard let last = response.headers.indices.last else { return }
      response.headers[last].value += " " + line.trimmed()
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].trimmed()
      response.headers.append((line[..<colon].lowercased(), String(value)))
    }
  }

  private mutating func refuse(_ reason: String) -> Bool {
    refusal = reason
    return false
  }
}

extension StringProtocol where SubSequence == Substring {
  fileprivate func trimmingLineEnd() -> Substring {
    self[..<(lastIndex { !$0.isNewline }.map { index(after: $0) } ?? startIndex)]
  }

  fileprivate func trimmed() -> Substring {
    drop { $0 == " " || $0 == "\t" }.trimmingEnd()
  }

  private func trimmingEnd() -> Substring {
    self[..<(lastIndex { $0 != " " && $0 != "\t" }.map { index(after: $0) } ?? startIndex)]
  }
}
