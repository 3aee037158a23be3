/// The method and path under which a function is reached.
public struct Route: Sendable, Hashable, CustomStringConvertible {
  public enum Segment: Sendable, Hashable {
    case literal(String)
    /// `:id`, without the colon.
    case parameter(String)

    var text: String {
      switch self {
      case .literal(let text): text
      case .parameter(let name): ":\(name)"
      }
    }
  }

  public let method: String
  public let path: String
  public let segments: [Segment]

  public var description: String { "\(method) \(path)" }

  /// The names of the parameters, in order.
  public var parameters: [String] {
    segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }

  /// Two routes of one shape match the same requests: what the parameters are called makes no difference.
  public var shape: String {
    let parts = segments.map { if case .literal(let text) = $0 { text } else { ":" } }
    return "\(method) /\(parts.joined(separator: "/"))"
  }

  /// Whether the gateway serves this path at its root; the rest is served on the bundle's own port, or under its name.
  public var isOnGatewayRoot: Bool {
    guard case .literal(let first) = segments.first else { return true }
    return !["internal", "admin", "health"].contains(first)
  }
}

extension Route {
  /// Where the gateway serves it; nil for what the public has no way to: what is under `/internal/`, and what only
  /// services may call. `/admin/…` is below the bundle's name, because those paths repeat between services.
  /// - Parameter access: nil for a webhook.
  public func gatewaySegments(of bundle: String, access: [Access]?) -> [Segment]? {
    if segments.first == .literal("internal") || segments == [.literal("health")] || access == [.internal] {
      return nil
    }
    return (segments.first == .literal("admin") ? [.literal(bundle)] : []) + segments
  }
}

extension Route {
  /// The path that the segments make.
  public static func path(of segments: [Segment]) -> String {
    "/" + segments.map(\.text).joined(separator: "/")
  }
}

extension Route {
  static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

  init(parsing text: String) throws(Mistake) {
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[1].hasPrefix("/"), parts[1].wholeMatch(of: /\S+/) != nil else {
      throw Mistake("is not a route; write a method, one space and a path, such as GET /payments/:id")
    }
    guard Self.methods.contains(parts[0]) else {
      let hint = hint(for: parts[0], among: Self.methods, otherwise: "; use \(listed(Self.methods))")
      throw Mistake("has the unknown method '\(parts[0])'\(hint)")
    }
    method = parts[0]
    path = parts[1]
    segments = try Self.segments(of: parts[1])
    if let name = firstRepeated(in: parameters) { throw Mistake("names the parameter ':\(name)' twice") }
  }

  private static func segments(of path: String) throws(Mistake) -> [Segment] {
    guard path != "/" else { return [] }
    var segments: [Segment] = []
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      segments.append(try segment(part))
    }
    return segments
  }

  static func segment(_ text: Substring) throws(Mistake) -> Segment {
    guard !text.isEmpty else { throw Mistake("has an empty segment; write no '//' and no '/' at the end") }
    guard text.hasPrefix(":") else {
      let isPlain = text.allSatisfy { isLower($0) || isUpper($0) || isDigit($0) || "._~!-".contains($0) }
      guard isPlain else {
        throw Mistake("has the segment '\(text)'; use letters, digits and ._~!-, or ':name' for a parameter")
      }
      return .literal(String(text))
    }
    let name = text.dropFirst()
    guard name.has(first: isLower, rest: { isLower($0) || isUpper($0) || isDigit($0) }) else {
      throw Mistake("has the parameter '\(text)'; write a colon and a lowerCamelCase name, such as ':orderId'")
    }
    return .parameter(String(name))
  }
}

func firstRepeated<Element: Hashable>(in elements: [Element]) -> Element? {
  var seen: Set<Element> = []
  return elements.first { !seen.insert($0).inserted }
}
