internal import FunctionKit

/// The headers by which a service's port is told who calls. Nobody outside is believed for them, and functions don't get
/// to see them: they have ``Caller``.
enum TrustHeader {
  static let user = "x-user-id"
  static let role = "x-user-role"
  static let session = "x-session-id"
  static let seller = "x-user-seller-id"
  static let gateway = "x-gateway-key"
  static let `internal` = "x-internal-api-key"

  private static let all: Set<String> = [user, role, session, seller, gateway, `internal`]

  static func contains(_ name: String) -> Bool { all.contains(name.lowercased()) }

  /// Words between commas; one that is no role gives nothing, and every user is at least that.
  static func roles(_ text: String?) -> Set<Caller.Role> {
    let words = (text ?? "").split { $0 == "," || $0 == " " }
    return Set(words.compactMap { Caller.Role(rawValue: String($0)) }).union([.user])
  }
}
