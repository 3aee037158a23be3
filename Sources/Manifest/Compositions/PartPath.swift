/// The path, and the query, by which a part is asked for, with holes for what is only known then.
public struct PartPath: Sendable, Hashable {
  public enum Piece: Sendable, Hashable {
    case text(String)
    /// `:id`, of the composition's own route.
    case parameter(String)
    /// `:order.sellerId`, of another part's answer.
    case field(part: String, path: [String])
  }

  public struct QueryItem: Sendable, Hashable {
    public let name: String
    public let value: Piece
  }

  /// As the manifest has it.
  public let text: String
  public let segments: [Piece]
  public let query: [QueryItem]

  /// The route that it asks for: as with requests, a literal segment wins over a parameter.
  public func route(among routes: [Route]) -> Route? {
    routes.filter { $0.method == "GET" && fits($0) }.min { $0.parameters.count < $1.parameters.count }
  }

  /// Whether its segments are those of the route, whatever the method; where a hole is, the route has a parameter.
  func fits(_ route: Route) -> Bool {
    segments.count == route.segments.count
      && zip(segments, route.segments).allSatisfy { piece, segment in
        if case .literal(let text) = segment { piece == .text(text) } else { true }
      }
  }

  var holes: [Piece] {
    (segments + query.map(\.value)).filter { if case .text = $0 { false } else { true } }
  }
}

extension PartPath {
  init(parsing text: String) throws(Mistake) {
    guard text.hasPrefix("/"), text.wholeMatch(of: /\S+/) != nil else {
      throw Mistake("is not a path; write it like /payments/:id, or /shipments?orderId=:id")
    }
    self.text = text
    let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    segments = try Self.segments(halves[0])
    query = halves.count > 1 ? try Self.query(halves[1]) : []
  }

  private static func segments(_ path: Substring) throws(Mistake) -> [Piece] {
    guard path != "/" else { return [] }
    var pieces: [Piece] = []
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      if part.hasPrefix(":") {
        pieces.append(try hole(part))
      } else if case .literal(let text) = try Route.segment(part) {
        pieces.append(.text(text))
      }
    }
    return pieces
  }

  private static func query(_ text: Substring) throws(Mistake) -> [QueryItem] {
    var items: [QueryItem] = []
    for pair in text.split(separator: "&", omittingEmptySubsequences: false) {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, isWord(halves[0]), isWord(halves[1]) || halves[1].hasPrefix(":") else {
        throw Mistake("has the query '\(pair)'; write name=value with letters, digits and ._~-, or name=:id")
      }
      let value = halves[1].hasPrefix(":") ? try hole(halves[1]) : .text(String(halves[1]))
      items.append(QueryItem(name: String(halves[0]), value: value))
    }
    return items
  }

  private static func isWord(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { isLetter($0) || isDigit($0) || "._~-".contains($0) }
  }

  private static func hole(_ text: Substring) throws(Mistake) -> Piece {
    let names = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ $0.has(first: isLower, rest: { isLetter($0) || isDigit($0) }) }) else {
      throw Mistake(
        "has the hole '\(text)'; write a parameter such as ':id', or a part's field such as ':order.sellerId'")
    }
    return names.count == 1 ? .parameter(names[0]) : .field(part: names[0], path: Array(names.dropFirst()))
  }
}
