@testable import HTTPServer

/// A head means the same however it is cut into pieces; the input's first byte says where.
func fuzzHead(_ input: [UInt8]) {
  guard let cut = input.first else { return }
  let bytes = Array(input.dropFirst())
  let whole = heads(of: [bytes[...]])
  let place = min(Int(cut), bytes.count)
  precondition(heads(of: [bytes[..<place], bytes[place...]]) == whole, "a cut at \(place) makes a difference")
}

/// What the first head says, or why it is refused.
private func heads(of pieces: [ArraySlice<UInt8>]) -> String {
  let parser = HeadParser(maximumFields: 100)
  parser.reset()
  for piece in pieces where !piece.isEmpty {
    switch parser.feed(Array(piece).span.bytes).outcome {
    case .incomplete: continue
    case .failed(let refusal): return "\(refusal.code)"
    case .complete: return meaning(of: parser)
    }
  }
  return "incomplete"
}

private func meaning(of parser: HeadParser) -> String {
  do { try parser.complete() } catch { return "\(error.code)" }
  let head = RequestHead(head: parser.head)
  let fields = head.headers.map { "\($0.name)=\($0.value)" }
  return "\(head.method) \(head.path) \(head.query ?? "-") \(head.host) \(parser.head.value.framing) \(fields)"
}
