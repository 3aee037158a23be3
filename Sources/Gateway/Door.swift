/// Through which of the host's ports a request came in.
public enum Door: Sendable, Hashable {
  /// The public one.
  case gateway
  /// A service's own, for the gateway and other services.
  case service(String)
  /// For those who run the host.
  case admin
  /// A Unix socket between processes of one host: a request says itself by which door it came to the first of them.
  case local
}

extension Door {
  /// The header of a forwarded request that names its door. It counts at ``local`` alone.
  static let header = "x-lakoo-door"

  /// As one word, for messages between processes.
  public var word: String {
    switch self {
    case .gateway: ":gateway"
    case .admin: ":admin"
    case .local: ":local"
    case .service(let name): name
    }
  }

  public init(word: String) {
    switch word {
    case ":gateway": self = .gateway
    case ":admin": self = .admin
    case ":local": self = .local
    default: self = .service(word)
    }
  }
}
