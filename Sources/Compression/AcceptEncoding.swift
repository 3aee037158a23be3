/// What an `Accept-Encoding` header says of the codings that there are (RFC 9110, section 12.5.3).
public struct AcceptEncoding: Sendable {
  /// Thousandths, by name.
  private var weights: [Substring: Int] = [:]

  public init(_ header: String) {
    for item in header.lowercased().split(separator: ",") {
      let parts = item.split(separator: ";").map(Self.trimmed)
      guard let name = parts.first, !name.isEmpty else { continue }
      weights[name == "x-gzip" ? "gzip" : name] = parts.dropFirst().isEmpty ? 1000 : Self.weight(parts[1])
    }
  }

  /// Whether the body may come as it is.
  public var takesIdentity: Bool { (weights["identity"] ?? weights["*"] ?? 1) > 0 }

  /// What the client would rather have than the body as it is; nil when there is no such coding.
  public var preferred: ContentCoding? {
    let known = ContentCoding.allCases.map { ($0, weight: weights[$0.rawValue[...]] ?? weights["*"] ?? 0) }
    let best = known.max { $0.weight < $1.weight || $0.weight == $1.weight && $1.0 == .brotli }
    guard let best, best.weight > 0, best.weight >= weights["identity"] ?? 0 else { return nil }
    return best.0
  }

  /// `q=0.8` in thousandths; what can't be read is not wanted.
  private static func weight(_ text: Substring) -> Int {
    guard text.hasPrefix("q=") else { return 1000 }
    guard text.utf8.count <= 7, let weight = Double(text.dropFirst(2)), (0...1).contains(weight) else { return 0 }
    return Int((weight * 1000).rounded())
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " || $0 == "\t" }
    return start.prefix(start.reversed().drop { $0 == " " || $0 == "\t" }.count)
  }
}
