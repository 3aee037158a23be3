import Crypto
import FunctionKit
import PlatformTesting
import Testing

private struct Keep: Endpoint {
  struct Input: Decodable { var text: String }
  func handle(_ input: Input, context: Context) async throws -> Bool {
    let sealed = try context.seal(input.text, with: "SAFE_KEY", for: "box:1")
    try await context.db.run("insert into box (sealed) values (\(sealed))")
    return !String(decoding: sealed.bytes.bytes, as: UTF8.self).contains(input.text)
  }
}

private struct Show: Endpoint {
  struct Input: Decodable { var box: Int }
  struct Box: Decodable { var sealed: Sealed }
  func handle(_ input: Input, context: Context) async throws -> String {
    let box: Box = try await context.db.one("select sealed from box")
    return try context.open(box.sealed, with: "SAFE_KEY", for: "box:\(input.box)")
  }
}

private let safe = BundleSource(
  "safe",
  """
  needs: { secrets: [SAFE_KEY] }
  endpoints:
    Keep: { route: POST /boxes, access: public }
    Show: { route: GET /boxes/:box, access: public }
  """,
  [.endpoint(Keep.self), .endpoint(Show.self)])

private func setting(_ secrets: [String: String]) -> Setting {
  var setting = Setting()
  setting.secrets = secrets
  setting.schema = "create table box (sealed bytea not null)"
  return setting
}

@Suite struct `A sealed value` {
  @Test func `opens in a later invocation, for its own place`() async throws {
    try await withPlatform([safe], setting(["SAFE_KEY": "a"])) { platform in
      #expect(try await platform.post("/boxes", [], #"{"text":"0123456789"}"#).data == true)
      #expect(try await platform.get("/boxes/1").data == "0123456789")
      #expect(try await platform.get("/boxes/2").status == 500)
      let line = try #require(platform.logLines().last)
      #expect(line.contains("the sealed value of box:2 was changed, or sealed for another place"))
    }
  }

  @Test(
    arguments: [
      (["SAFE_KEY": "b", "SAFE_KEY_PREVIOUS": "a"], 200), (["SAFE_KEY": "b"], 500),
    ] as [([String: String], Int)])
  func `opens with the key of before while that is set`(secrets: [String: String], status: Int) async throws {
    var setting = setting(secrets)
    let sealed = try hexString(SealingKey(secret: "a").seal(Array("0123456789".utf8), for: "box:1"))
    setting.schema += "; insert into box (sealed) values ('\\x\(sealed)')"
    try await withPlatform([safe], setting) { platform async throws in
      #expect(try await platform.get("/boxes/1").status == status)
    }
  }
}
