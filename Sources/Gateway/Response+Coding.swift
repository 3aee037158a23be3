internal import Compression
internal import HTTPServer

extension Response {
  /// What is smaller hardly shrinks; what is larger would hold the loop up for more than a millisecond.
  private static let sizes = 1024...131_072

  /// Sends the body in a coding that the client takes, where that is worth it.
  mutating func code(for head: RequestHead, with compressor: Compressor) {
    if status == 304 { return nameKnownTag(head) }
    guard case .bytes(let bytes) = body, !bytes.isEmpty, bytes.count <= Self.sizes.upperBound,
      bytes.count >= Self.sizes.lowerBound || head.mayRefuseIdentity, isCompressible
    else { return }
    let accepted = AcceptEncoding(head.headers.all("accept-encoding").joined(separator: ","))
    guard bytes.count >= Self.sizes.lowerBound || !accepted.takesIdentity else { return }
    vary(by: "Accept-Encoding")
    guard let coding = accepted.preferred, let coded = compressor.compress(bytes, as: coding) else { return }
    body = .bytes(coded)
    headers.append(("Content-Encoding", coding.rawValue))
    changeTag { $0.marked(coding) }
  }

  private var isCompressible: Bool {
    guard isJSON || first("content-type")?.hasPrefix("text/") == true, status != 204, status != 206 else {
      return false
    }
    return first("content-encoding") == nil && first("cache-control")?.contains("no-transform") != true
  }

  /// A client that has the coded body is told by the coded body's tag that it is still good.
  private mutating func nameKnownTag(_ head: RequestHead) {
    guard let known = head.headers.joined("if-none-match") else { return }
    changeTag { tag in
      ContentCoding.allCases.lazy.map { tag.marked($0) }.first { known.contains($0) } ?? tag
    }
  }

  private mutating func changeTag(_ change: (String) -> String) {
    guard let index = headers.firstIndex(where: { $0.0.isHeader("etag") }), headers[index].1.hasPrefix("\"") else {
      return
    }
    headers[index].1 = change(headers[index].1)
  }
}

extension RequestHead {
  /// Whether it is worth the reading of `Accept-Encoding` for a small body: hardly any client weighs the codings.
  fileprivate var mayRefuseIdentity: Bool {
    headers.firstBytes("accept-encoding")?.contains(UInt8(ascii: ";")) == true
  }
}

extension String {
  /// The tag `"3"` of a body that is sent in a coding, which is another body byte for byte: `"3-gzip"`.
  fileprivate func marked(_ coding: ContentCoding) -> String { "\(dropLast())-\(coding.rawValue)\"" }

  /// Tags as the function has given them, from a list that clients send back.
  var withoutCodings: String {
    ContentCoding.allCases.reduce(self) { $0.replacing("-\($1.rawValue)\"", with: "\"") }
  }
}

extension Headers {
  /// Every value of the name as functions are to see it: a tag is that of what they have said, whatever it was sent in.
  func told(_ name: String) -> String? {
    let value = joined(name)
    return name == "if-match" || name == "if-none-match" ? value?.withoutCodings : value
  }
}
