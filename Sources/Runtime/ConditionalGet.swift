internal import FunctionKit
internal import Manifest

extension RawReply {
  /// 304 without the body, when the client that asks has this very version already.
  func unlessKnown(to invocation: Invocation) -> RawReply {
    guard status == 200, let tag = headers.first(where: { $0.name == "etag" })?.value,
      invocation.function.manifest.route?.method == "GET",
      let known = invocation.header("if-none-match"), RawReply.names(known, tag)
    else { return self }
    return RawReply(status: 304, headers: headers, contentType: nil, body: [])
  }

  /// Whether an `If-None-Match` names the tag: among others, as a weak one, or by `*`.
  private static func names(_ known: String, _ tag: String) -> Bool {
    if known == "*" { return true }
    let quoted = tag.drop { $0 != "\"" }
    var rest = known[...]
    while let open = rest.firstIndex(of: "\""), let close = rest[open...].dropFirst().firstIndex(of: "\"") {
      if rest[open...close] == quoted { return true }
      rest = rest[close...].dropFirst()
    }
    return false
  }
}
