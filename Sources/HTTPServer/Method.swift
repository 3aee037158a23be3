/// The methods that are served; every other one is answered 501.
public enum Method: UInt8, Sendable, CaseIterable, CustomStringConvertible {
  case get, head, post, put, patch, delete, options

  public var description: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .patch: "PATCH"
    case .delete: "DELETE"
    case .options: "OPTIONS"
    }
  }
}
