internal import HTTPServer
internal import Manifest

/// The headers that keep browsers from making of an answer what it is not meant to be, each one unless the function has said
/// it itself.
private struct Guards: OptionSet {
  let rawValue: Int

  static let referrer = Guards(rawValue: 1)
  static let content = Guards(rawValue: 2)
  static let noStore = Guards(rawValue: 4)
  static let transport = Guards(rawValue: 8)

  private static let headers: [(Guards, name: String, value: String)] = [
    (.referrer, "Referrer-Policy", "no-referrer"),
    (.content, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    (.noStore, "Cache-Control", "no-store"),
    (.transport, "Strict-Transport-Security", "max-age=31536000"),
  ]

  /// Of each combination, for there are few and all answers have one.
  private static let all = (0..<16).map { number in
    let chosen = headers.filter { Guards(rawValue: number).contains($0.0) }.map { ($0.name, $0.value) }
    return HeaderLines([("X-Content-Type-Options", "nosniff")] + chosen) ?? .none
  }

  var lines: HeaderLines { Guards.all[rawValue] }

  /// Those that the response has not got.
  init(missingIn response: Response) {
    self = [.referrer, .content, .noStore, .transport]
    for (name, _) in response.headers {
      for (guarded, own, _) in Guards.headers where own.isHeader(name) { remove(guarded) }
    }
  }

  init(rawValue: Int) { self.rawValue = rawValue }

  /// Takes back what a function has said of it, too.
  mutating func withhold(_ guarded: Guards, from response: inout Response) {
    guard remove(guarded) == nil, let own = Guards.headers.first(where: { $0.0 == guarded })?.name else { return }
    response.headers.removeAll { $0.0.isHeader(own) }
  }
}

extension Edge {
  /// - Parameter overTLS: whether the answer goes to its client, or the proxy before it, over TLS.
  func protect(_ response: inout Response, to head: RequestHead?, overTLS: Bool) {
    var guards = Guards(missingIn: response)
    if !response.isJSON { guards.remove(.content) }
    if !isPrivate(response, to: head) { guards.remove(.noStore) }
    let isSecure = overTLS || !host.trustedProxies.isEmpty && head.map(isSecure) == true
    if !isSecure { guards.withhold(.transport, from: &response) }
    response.lines = guards.lines
  }

  /// Whether nobody should keep it: what somebody in particular was told, refusals, and what changes something.
  private func isPrivate(_ response: Response, to head: RequestHead?) -> Bool {
    guard let head, response.status < 400, head.method == .get || head.method == .head else { return true }
    return head.headers.firstBytes("authorization") != nil || head.headers.firstBytes("cookie") != nil
  }
}
