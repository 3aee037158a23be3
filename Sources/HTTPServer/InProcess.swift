public import EventLoop

/// Requests that come by no connection and are yet read and answered like those that do.
extension Request {
  /// Nil for what could not be sent over a connection either.
  /// - Parameters:
  ///   - tag: that of the listener which the request would have come in by.
  ///   - peer: on whose behalf it is made; nil for nobody that is known.
  public init?(
    _ method: String, _ target: String, headers: [(String, String)], body: [UInt8], tag: Int,
    peer: SocketAddress? = nil
  ) {
    guard method.utf8.allSatisfy(\.isTokenCharacter), target.utf8.allSatisfy(\.isTargetCharacter),
      headers.allSatisfy({ $0.utf8.allSatisfy(\.isTokenCharacter) && $1.utf8.allSatisfy(\.isValueByte) })
    else { return nil }
    var text = "\(method) \(target) HTTP/1.1\r\nhost: localhost\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if !body.isEmpty { text += "content-length: \(body.count)\r\n" }
    let parser = HeadParser(maximumFields: Limits().headerCount)
    guard case (text.utf8.count + 2, .complete) = parser.feed(Array("\(text)\r\n".utf8).span.bytes) else { return nil }
    do { try parser.complete() } catch { return nil }
    parser.head.value.tag = tag
    parser.head.value.peer = peer
    self.init(head: RequestHead(head: parser.head), body: body)
  }
}

extension UInt8 {
  fileprivate var isValueByte: Bool { self == 9 || self >= 32 && self != 127 }
}
