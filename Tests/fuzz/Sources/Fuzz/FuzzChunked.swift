@testable import HTTPServer

/// A chunked body is the same however it is cut into pieces, and never larger than its limit.
func fuzzChunked(_ input: [UInt8]) {
  guard let cut = input.first else { return }
  let bytes = Array(input.dropFirst())
  let place = min(Int(cut), bytes.count)
  precondition(body(of: [bytes[..<place], bytes[place...]]) == body(of: [bytes[...]]), "a cut makes a difference")
}

private let limit = 4096

private func body(of pieces: [ArraySlice<UInt8>]) -> String {
  var body: [UInt8] = []
  var chunks = ChunkedBody(overhead: 1024)
  for piece in pieces where !piece.isEmpty {
    do {
      let (used, ended) = try chunks.decode(Array(piece).span.bytes, into: &body, limit: limit)
      precondition(body.count <= limit, "the body is larger than its limit")
      precondition(ended || used == piece.count, "bytes of a body that goes on were left")
      if ended { return "\(body)" }
    } catch { return "\(error.code)" }
  }
  return "incomplete"
}
