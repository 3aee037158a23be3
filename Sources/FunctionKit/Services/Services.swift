/// Calls to other services, whether their bundle runs in this process or elsewhere: the caller can't tell.
///
/// What a bundle asks of one service stands in one file of the bundle, as methods in an extension of this type.
public struct Services: Sendable {
  let host: any InvocationHost

  /// Calls an endpoint and reads the `data` of its answer; as ``ServiceList``, a page of a list.
  ///
  /// Not while a transaction is open: the other service may take its time, and nobody waits for it with locks in hand.
  /// - Parameters:
  ///   - service: a bundle that the manifest's `needs.services` lists.
  ///   - query: what is nil is left out.
  ///   - key: the `Idempotency-Key`; the same on every try, and when the caller itself runs again.
  ///   - user: for whom the call is made; the service learns of them, and lets the call in as another service's.
  ///   - timeout: of one try, never beyond the caller's own deadline.
  ///   - retries: further tries, at most 5, when the service can't be reached or is unavailable. Only a GET, a call with
  ///     a key, and one that surely never arrived are repeated.
  ///   - type: `Nothing.self` for a call whose answer is not needed.
  /// - Throws: ``ServiceError`` for every answer but a success, and when none came.
  @discardableResult
  public func call<Answer: Decodable>(
    _ service: String, _ method: ServiceRequest.Method, _ path: ServicePath,
    query: KeyValuePairs<String, (any LosslessStringConvertible)?> = [:], body: (any Encodable)? = nil,
    key: String? = nil, onBehalfOf user: Caller? = nil, timeout: Duration? = nil, retries: Int = 0,
    as type: Answer.Type = Answer.self
  ) async throws -> Answer {
    let request = ServiceRequest(
      service: service, method: method, target: try path.target(query, of: service),
      body: try body.map { try encodeJSON($0) }, key: key, user: user, timeout: timeout, retries: retries)
    return try request.read(await host.call(request))
  }
}

/// One call to a service, as the host carries it out.
public struct ServiceRequest: Sendable {
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  public let service: String
  public let method: Method
  /// Path and query, escaped.
  public let target: String
  /// JSON; nil without a body.
  public let body: [UInt8]?
  /// The `Idempotency-Key`.
  public let key: String?
  public let user: Caller?
  public let timeout: Duration?
  public let retries: Int

  /// Method and path, for messages; the query may hold what is nobody's business.
  public var label: String { "\(service) \(method.rawValue) \(target.prefix { $0 != "?" })" }
}
