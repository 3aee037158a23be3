private import Crypto

/// The keys by which a service's port believes what it is told. Of those that change there may be two at a time: what is
/// sent is the first, and both are believed.
public struct TrustKeys: Sendable {
  private let gateway: [[UInt8]]
  private let `internal`: [[UInt8]]
  private let admin: [UInt8]

  public init(gateway: [String], internal: [String], admin: String) {
    self.gateway = gateway.map { Array($0.utf8) }
    self.internal = `internal`.map { Array($0.utf8) }
    self.admin = Array(admin.utf8)
  }

  func isGateway(_ key: ArraySlice<UInt8>) -> Bool { TrustKeys.contains(gateway, key) }
  func isInternal(_ key: ArraySlice<UInt8>) -> Bool { TrustKeys.contains(`internal`, key) }
  func isAdmin(_ token: ArraySlice<UInt8>) -> Bool { constantTimeEquals(Array(token), admin) }

  /// Compares with each of them, so that the time does not tell which one it was.
  private static func contains(_ keys: [[UInt8]], _ key: ArraySlice<UInt8>) -> Bool {
    let key = Array(key)
    return keys.reduce(false) { found, known in constantTimeEquals(known, key) || found }
  }
}
