internal import FunctionKit
internal import HTTPServer

/// Keeps other sites' pages from doing things with the cookie of whoever looks at them (cross-site request forgery).
enum CrossSite {
  /// A request that only reads is let through: what it reads is kept from the page by the browser.
  /// - Throws: ``Problem`` 403 `csrf_refused`.
  static func check(_ head: RequestHead, origins: Set<String>) throws(Problem) {
    if [.get, .head, .options].contains(head.method) || isOfSite(head.headers) { return }
    if let origin = only("origin", head.headers), origins.contains(origin) { return }
    throw Problem(
      403, "csrf_refused",
      "A cookie lets pages of this site alone change something; send the token as Authorization: Bearer instead.")
  }

  /// What browsers say themselves; no page can write it.
  private static func isOfSite(_ headers: Headers) -> Bool {
    ["same-origin", "same-site"].contains(only("sec-fetch-site", headers))
  }

  private static func only(_ name: String, _ headers: Headers) -> String? {
    headers.onlyBytes(name).map { String(decoding: $0, as: UTF8.self) }
  }
}
