/// Which web pages of other origins may use the gateway.
public struct CORSPolicy: Sendable, Hashable {
  public let origins: [OriginRule]
  /// Whether their requests may carry cookies.
  public let credentials: Bool
  /// How long a browser may remember what it was told.
  public let maxAge: Duration

  public func allows(_ origin: String) -> Bool { origins.contains { $0.matches(origin) } }
}

/// An origin, or all below a domain.
public enum OriginRule: Sendable, Hashable {
  case any
  case exact(String)
  /// `https://*.lakoo.id`: what begins with the one and ends with the other, with something of a host between.
  case below(scheme: String, suffix: String)

  init(parsing text: String) throws(Mistake) {
    if text == "*" {
      self = .any
      return
    }
    let shape = /(https?:\/\/)(\*\.)?([a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?)/
    guard let match = text.wholeMatch(of: shape) else {
      throw Mistake(
        "is not an origin; write it like https://lakoo.id or https://*.lakoo.id, in lower case without a path")
    }
    let (scheme, star, host) = (String(match.1), match.2, String(match.3))
    self = star == nil ? .exact(text) : .below(scheme: scheme, suffix: "." + host)
  }

  func matches(_ origin: String) -> Bool {
    switch self {
    case .any: return true
    case .exact(let exact): return origin == exact
    case .below(let scheme, let suffix):
      guard origin.hasPrefix(scheme), origin.hasSuffix(suffix) else { return false }
      let host = origin.utf8.dropFirst(scheme.utf8.count).dropLast(suffix.utf8.count)
      return !host.isEmpty && host.allSatisfy(isOfHost)
    }
  }
}

private func isOfHost(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
  default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
}

extension Fields {
  /// Reads `cors: { origins: ["https://lakoo.id"], credentials: true, maxAge: 10m }`.
  func readCORS() -> CORSPolicy? {
    guard let fields = fields("cors", keys: ["origins", "credentials", "maxAge"]) else { return nil }
    fields.require("origins", example: "[\"https://lakoo.id\"]")
    let origins = fields.readFilledList("origins", OriginRule.init(parsing:))
    let credentials = fields.read("credentials", Numbers.flag) ?? false
    if credentials, origins.contains(.any), let value = fields.value("origins") {
      fields.refuse(
        value, of: "origins", Mistake("lets any page act for its visitors; with credentials name the origins"))
    }
    return CORSPolicy(
      origins: origins, credentials: credentials, maxAge: fields.read("maxAge", Units.corsAge) ?? .seconds(600))
  }
}
