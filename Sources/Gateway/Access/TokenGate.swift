public import EventLoop
public import FunctionKit
internal import HTTPServer
public import Tokens

/// Lets signed-in users in at the public port: finds the request's token, and whose it is.
public final class TokenGate: Sendable {
  /// How browsers may send a token without a script: in a cookie, which they attach to every request, those that another
  /// site has made them send included.
  public struct Cookie: Sendable {
    /// Begins with `__Host-`, so that no other host can have set it.
    public var name: String
    /// The origins whose pages may change something.
    public var origins: Set<String>

    public init(name: String, origins: Set<String>) {
      self.name = name
      self.origins = origins
    }
  }

  private let verifier: TokenVerifier
  private let cookie: Cookie?
  private let now: @Sendable () -> Instant
  private let memory: LoopLocal<TokenMemory>
  private let revocations: LoopLocal<Revocations>

  public init(
    _ loop: EventLoop, verifier: TokenVerifier, cookie: Cookie? = nil, now: @escaping @Sendable () -> Instant
  ) {
    self.verifier = verifier
    self.cookie = cookie
    self.now = now
    memory = LoopLocal(loop, TokenMemory())
    revocations = LoopLocal(loop, Revocations())
  }

  /// Changes what is revoked; the next request sees it.
  public func revise(_ change: (inout Revocations) -> Void) { change(&revocations.value) }

  /// Whose request it is; nil for one without a token.
  /// - Throws: ``Problem`` 401 for a token that is not accepted, 403 for a change that another site asks for.
  func bearer(_ head: RequestHead) throws(Problem) -> TokenClaims? {
    if head.headers.firstBytes("authorization") != nil {
      guard let token = head.headers.onlyBytes("authorization").flatMap(TokenGate.bearerToken) else {
        throw .unauthenticated
      }
      return try claims(Array(token))
    }
    guard let cookie, let token = TokenGate.value(of: cookie.name, in: head.headers) else { return nil }
    guard head.isSafe || isOwnPage(head.headers, cookie) else {
      throw Problem(403, "csrf_refused", "This change was asked for by a page of another site.")
    }
    return try claims(token)
  }

  private func claims(_ token: [UInt8]) throws(Problem) -> TokenClaims {
    let now = now()
    let known = memory.value.claims(of: token, at: now, leeway: verifier.leeway)
    let claims: TokenClaims
    do { claims = try known ?? verifier.verify(token, at: now) } catch { throw .unauthenticated }
    guard !revocations.value.contains(claims) else { throw .unauthenticated }
    if known == nil { memory.value.keep(token, claims) }
    return claims
  }

  /// `Bearer` in any case, a space, and the token.
  private static func bearerToken(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let scheme = Array("bearer ".utf8)
    guard value.count > scheme.count, zip(value, scheme).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
    return value.dropFirst(scheme.count)
  }

  /// A cookie that comes twice is none: who wrote which is not known.
  private static func value(of name: String, in headers: Headers) -> [UInt8]? {
    var values: [Substring] = []
    for field in headers.all("cookie") {
      let pairs = field.split(separator: ";").map { $0.drop { $0 == " " } }
      values += pairs.filter { $0.hasPrefix("\(name)=") }.map { $0.dropFirst(name.count + 1) }
    }
    return values.count == 1 ? values.first.map { Array($0.utf8) } : nil
  }

  /// What the browser says of the page, which no page can change; old ones say only its origin.
  private func isOwnPage(_ headers: Headers, _ cookie: Cookie) -> Bool {
    if let origin = headers.first("origin"), cookie.origins.contains(origin) { return true }
    return headers.first("sec-fetch-site") == "same-origin"
  }
}

extension RequestHead {
  /// Whether it asks for no change.
  fileprivate var isSafe: Bool { [.get, .head, .options].contains(method) }
}
