/// Takes PostgreSQL's messages out of a stream of bytes: a type, except for the first ones of a client, a length, a body.
struct Messages: Sendable {
  /// A whole message as it came.
  struct Message: Sendable, Equatable {
    /// Nil for what a client begins with.
    var type: UInt8?
    var bytes: [UInt8]

    func isType(_ letter: Unicode.Scalar) -> Bool { type == UInt8(ascii: letter) }
    var body: ArraySlice<UInt8> { bytes.dropFirst(type == nil ? 4 : 5) }

    /// The body's first strings, each ended by a zero byte.
    func strings(_ count: Int) -> [String] {
      body.split(separator: 0, maxSplits: count, omittingEmptySubsequences: false).prefix(count)
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private var waiting: [UInt8] = []
  private var next = 0

  mutating func append(_ bytes: [UInt8]) {
    waiting.removeFirst(next)
    next = 0
    waiting += bytes
  }

  /// - Parameter isTyped: false for what a client begins with.
  mutating func take(isTyped: Bool) -> Message? {
    let lengthAt = next + (isTyped ? 1 : 0)
    guard waiting.count >= lengthAt + 4 else { return nil }
    let length = waiting[lengthAt..<lengthAt + 4].reduce(0) { $0 << 8 | Int($1) }
    let end = lengthAt + max(4, length)
    guard waiting.count >= end else { return nil }
    defer { next = end }
    return Message(type: isTyped ? waiting[next] : nil, bytes: Array(waiting[next..<end]))
  }

  /// All that is left, for a stream that needs no more looking into.
  mutating func takeRest() -> [UInt8] {
    defer { (waiting, next) = ([], 0) }
    return Array(waiting[next...])
  }
}
