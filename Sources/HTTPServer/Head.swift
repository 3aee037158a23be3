import EventLoop

/// The head of one request as it came in: its bytes, and where in them the parts are. Nothing is copied out until it is
/// asked for.
struct Head {
  /// One header line.
  struct Field {
    var name: Range<Int32>
    var value: Range<Int32>
  }

  var bytes: [UInt8] = []
  var fields: [Field] = []
  var method = Method.get
  var minorVersion = 1
  var keepAlive = false
  var target = 0..<0
  var path = 0..<0
  var query: Range<Int>?
  var host = 0..<0
  var framing = Framing.none
  var expectsContinue = false
  var tag = 0
  var peer: SocketAddress?
  /// What the answer has to say besides what the handler makes of it.
  var answerHeaders: [(String, String)] = []
  /// Milliseconds of the loop's clock, at which the head was whole.
  var arrivedAt: UInt64 = 0
  var note = RequestNote()
  /// What the handler keeps with the request.
  var record: AnyObject?

  /// Whether the next name begins a new field; so it is at first.
  var isInValue = true
  var isFolded = false

  /// Bytes of the request line, as far as it is known, and of the whole.
  var size: (line: Int, whole: Int) { (fields.first.map { Int($0.name.lowerBound) } ?? bytes.count, bytes.count) }

  /// Whether it is small enough to be kept for the next request while a connection is idle.
  var isReusable: Bool { bytes.capacity <= 4 * 1024 && fields.capacity <= 128 }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    (method, minorVersion) = (.get, 1)
    (isInValue, isFolded) = (true, false)
    (target, path, query, host) = (0..<0, 0..<0, nil, 0..<0)
    (framing, expectsContinue, keepAlive) = (.none, false, false)
    answerHeaders.removeAll(keepingCapacity: true)
    note = RequestNote()
    record = nil
  }

  /// Whether the target is followed by a version that is served, and so by something wrong after it.
  var hasKnownVersion: Bool {
    let version = target.upperBound..<min(target.upperBound + 9, bytes.count)
    return matches(version, " http/1.1".utf8) || matches(version, " http/1.0".utf8)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Compares without regard to case; `name` must be in lower case.
  func field(_ field: Field, isNamed name: StaticString) -> Bool {
    matches(field.name.wide, UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  func matches(_ range: Range<Int>, _ lowercased: some Collection<UInt8>) -> Bool {
    guard range.count == lowercased.count else { return false }
    var index = range.lowerBound
    for byte in lowercased {
      guard bytes[index].lowercased == byte else { return false }
      index += 1
    }
    return true
  }
}

/// A head as the connection and the request share it: written while it comes in, unchanging once a handler has seen it.
///
/// It is reached many times for each request and never from two places at once, which is why that is not checked.
final class SharedHead: @unchecked Sendable {
  @exclusivity(unchecked) var value = Head()
}

/// How the end of a request's body is known.
enum Framing: Equatable {
  case none, chunked
  case length(Int)
}

extension Range<Int32> {
  var wide: Range<Int> { Int(lowerBound)..<Int(upperBound) }
}

extension UInt8 {
  var lowercased: UInt8 { self &- 65 < 26 ? self | 32 : self }
}
