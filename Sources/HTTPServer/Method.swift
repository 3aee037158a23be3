/// The methods that a route may be asked for; every other one is answered 501. No route has TRACE, so it is a 405.
public enum Method: UInt8, Sendable, CaseIterable, CustomStringConvertible {
  case get, head, post, put, patch, delete, options, trace

  public var description: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .patch: "PATCH"
    case .delete: "DELETE"
    case .options: "OPTIONS"
    case .trace: "TRACE"
    }
  }
}
