/// What Redis says, in its own protocol.
enum RedisReply: Equatable {
  case status(String)
  case error(String)
  case integer(Int)
  case text(String?)
  case array([RedisReply])

  /// The bytes are none of Redis.
  struct Malformed: Error {}

  /// A command as it is sent.
  static func command(_ words: [String]) -> [UInt8] {
    var bytes = Array("*\(words.count)\r\n".utf8)
    for word in words {
      bytes += "$\(word.utf8.count)\r\n".utf8
      bytes += word.utf8
      bytes += "\r\n".utf8
    }
    return bytes
  }
}

/// Puts replies together from bytes as they come.
struct RedisReplies {
  private static let largest = 1 << 16

  private var bytes: [UInt8] = []
  private var next = 0

  mutating func append(_ part: borrowing RawSpan) {
    if next == bytes.count { (bytes, next) = ([], 0) }
    part.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// - Returns: nil until one is whole.
  mutating func read() throws(RedisReply.Malformed) -> RedisReply? {
    var place = next
    guard let reply = try read(at: &place, depth: 0) else {
      guard bytes.count - next <= RedisReplies.largest else { throw RedisReply.Malformed() }
      return nil
    }
    next = place
    return reply
  }

  private func read(at place: inout Int, depth: Int) throws(RedisReply.Malformed) -> RedisReply? {
    guard let line = line(at: &place) else { return nil }
    switch line.first {
    case UInt8(ascii: "+"): return .status(text(line.dropFirst()))
    case UInt8(ascii: "-"): return .error(text(line.dropFirst()))
    case UInt8(ascii: ":"): return .integer(try number(line))
    case UInt8(ascii: "$"): return try readText(try number(line), at: &place)
    case UInt8(ascii: "*") where depth < 2: return try readArray(try number(line), at: &place, depth: depth)
    default: throw RedisReply.Malformed()
    }
  }

  private func readText(_ length: Int, at place: inout Int) throws(RedisReply.Malformed) -> RedisReply? {
    guard length >= 0 else { return .text(nil) }
    guard length <= RedisReplies.largest else { throw RedisReply.Malformed() }
    guard bytes.count - place >= length + 2 else { return nil }
    defer { place += length + 2 }
    return .text(text(bytes[place..<place + length]))
  }

  private func readArray(_ count: Int, at place: inout Int, depth: Int) throws(RedisReply.Malformed) -> RedisReply? {
    guard count <= 1024 else { throw RedisReply.Malformed() }
    var replies: [RedisReply] = []
    while replies.count < count {
      guard let reply = try read(at: &place, depth: depth + 1) else { return nil }
      replies.append(reply)
    }
    return .array(replies)
  }

  private func line(at place: inout Int) -> ArraySlice<UInt8>? {
    guard let end = bytes[place...].firstIndex(of: 13), end + 1 < bytes.count else { return nil }
    defer { place = end + 2 }
    return bytes[place..<end]
  }

  private func number(_ line: ArraySlice<UInt8>) throws(RedisReply.Malformed) -> Int {
    guard let number = Int(text(line.dropFirst())) else { throw RedisReply.Malformed() }
    return number
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
