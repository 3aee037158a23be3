private import Crypto
internal import FunctionKit
internal import Manifest
internal import Runtime

extension Composing {
  /// The answer, as far as there is one.
  /// - Parameter isPublic: whether anybody would be told the same.
  func reply(at path: String, isPublic: Bool) -> RawReply {
    if let refusal { return refusal.reply.refusal(of: refusal.part, at: path) }
    let body = JSON.object(JSONObject([("success", true), ("data", data), ("meta", meta)])).serialized()
    var headers = [(name: "etag", value: "\"\(hexString(sha256(body)).prefix(16))\"")]
    if let cache = isPublic && failures.isEmpty ? cacheControl : "no-store" { headers.append(("cache-control", cache)) }
    let vary = contents.flatMap { $0.content.values("vary") }
    if !vary.isEmpty { headers.append(("vary", vary.joined(separator: ", "))) }
    return RawReply(headers: headers, body: body)
  }

  private var data: JSON {
    let found = contents
    return .object(
      JSONObject(
        manifest.parts.map { part in (part.name, found.first { $0.part == part.name }?.content.data ?? .null) }))
  }

  private var meta: JSON {
    let own = contents.compactMap { part, content in content.meta.map { (part, $0) } }
    let partial = failures.map { part, reply -> JSON in
      ["part": .string(part), "status": .number(JSONNumber(reply.status)), "code": .string(reply.code)]
    }
    return ["parts": .object(JSONObject(own)), "partial": .array(partial)]
  }

  private var cacheControl: String? {
    CacheControl.strictest(contents.map { $0.content.values("cache-control") })
  }
}

extension PartContent {
  /// Of a header that is a list.
  fileprivate func values(_ name: String) -> [String] {
    headers.filter { $0.name == name }.flatMap { $0.value.split(separator: ",") }
      .map { $0.filter { $0 != " " && $0 != "\t" } }
  }
}
