private import Crypto

/// The keys by which a service's port believes what it is told, and what the gateway believes tokens by.
///
/// Of the gateway's and the services' keys two can be live, while one takes the place of the other.
public struct TrustKeys: Sendable {
  private let gateway: [[UInt8]]
  /// The new one first.
  private let `internal`: [[UInt8]]
  let admin: [UInt8]
  let tokens: TokenRules?

  public init(gateway: [String], internal: [String], admin: String, tokens: TokenRules?) {
    self.gateway = gateway.map { Array($0.utf8) }
    self.internal = `internal`.map { Array($0.utf8) }
    self.admin = Array(admin.utf8)
    self.tokens = tokens
  }

  /// The one to show others.
  var ownInternal: String { String(decoding: `internal`.first ?? [], as: UTF8.self) }

  func isGateway(_ key: ArraySlice<UInt8>) -> Bool { TrustKeys.isOne(of: gateway, key) }

  func isInternal(_ key: ArraySlice<UInt8>) -> Bool { TrustKeys.isOne(of: `internal`, key) }

  private static func isOne(of keys: [[UInt8]], _ key: ArraySlice<UInt8>) -> Bool {
    keys.contains { constantTimeEquals(Array(key), $0) }
  }
}
