/// Gathers one request's body within its limit.
struct BodyReader {
  private enum Coding {
    case plain(remaining: Int)
    case chunked(ChunkedBody)
  }

  private(set) var bytes: [UInt8] = []
  private let limit: Int
  private var coding: Coding

  /// - Throws: 413 when the announced length is over the limit.
  init(_ framing: Framing, limit: Int, overhead: Int) throws(Refusal) {
    self.limit = limit
    switch framing {
    case .none: coding = .plain(remaining: 0)
    case .length(let length):
      guard length <= limit else { throw .bodyTooLarge }
      coding = .plain(remaining: length)
      // An announced length costs the client nothing: only so much is set aside for it.
      bytes.reserveCapacity(min(length, 8 * 1024))
    case .chunked: coding = .chunked(ChunkedBody(overhead: overhead))
    }
  }

  /// - Returns: how many bytes belonged to the body, and whether it has ended.
  mutating func read(_ span: RawSpan) throws(Refusal) -> (used: Int, ended: Bool) {
    switch coding {
    case .plain(let remaining):
      let count = min(remaining, span.byteCount)
      bytes.append(span.extracting(0..<count))
      coding = .plain(remaining: remaining - count)
      return (count, count == remaining)
    case .chunked(var chunks):
      let result = try chunks.decode(span, into: &bytes, limit: limit)
      coding = .chunked(chunks)
      return result
    }
  }
}
