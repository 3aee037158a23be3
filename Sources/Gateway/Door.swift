/// Through which of the host's ports a request came in.
public enum Door: Sendable, Hashable {
  /// The public one.
  case gateway
  /// A service's own, for the gateway and other services.
  case service(String)
  /// For those who run the host.
  case admin
}
