import FunctionKit
import PlatformTesting
import Testing

private struct Named: Codable {
  var name: String
  var version: Int
}

private struct ReadThing: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Reply<String> {
    let thing = try await context.db.one("select name, version from thing", as: Named.self)
    return Reply(thing.name, headers: [(name: "cache-control", value: "private")]).version(thing.version)
  }
}

private func rename(_ name: String, _ context: Context) async throws -> Reply<String> {
  let thing = try await context.db.one("select name, version from thing for update", as: Named.self)
  try context.requireVersion(thing.version)
  try await context.db.run("update thing set name = \(name), version = version + 1")
  return Reply(name).version(thing.version + 1)
}

private struct NameInput: Decodable { var name: String }

private struct Rename: Endpoint {
  func handle(_ input: NameInput, context: Context) async throws -> Reply<String> {
    try await rename(input.name, context)
  }
}

private struct RenameMaybe: Endpoint {
  func handle(_ input: NameInput, context: Context) async throws -> Reply<String> {
    try await rename(input.name, context)
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    ReadThing:   { route: GET /thing, access: public }
    Rename:      { route: PATCH /thing, access: public, ifMatch: required }
    RenameMaybe: { route: PUT /thing, access: public }
  """, [.endpoint(ReadThing.self), .endpoint(Rename.self), .endpoint(RenameMaybe.self)])

private var setting: Setting {
  var setting = Setting()
  setting.schema = "create table thing (name text, version int); insert into thing values ('a', 3);"
  return setting
}

@Suite struct `A version` {
  private func patch(_ platform: Platform, _ tag: String?, _ method: String = "PATCH") async throws -> Answer {
    try await platform.send(method, "/thing", tag.map { [("if-match", $0)] } ?? [], body: #"{"name":"b"}"#)
  }

  @Test func `goes out as the ETag and comes back as If-Match, once`() async throws {
    try await withPlatform([till], setting) { platform in
      let tag = try await platform.get("/thing")["etag"]
      #expect(tag == #""3""#)
      let changed = try await patch(platform, tag)
      #expect(changed.status == 200)
      #expect(changed["etag"] == #""4""#)
      let stale = try await patch(platform, tag)
      #expect(stale.status == 412)
      #expect(stale.code == "stale_version")
      #expect(stale.json["details"]?[0]?["field"]?.string == "If-Match")
      #expect(try await patch(platform, changed["etag"]).status == 200)
      #expect(try await platform.one("select version from thing", as: Int.self) == 5)
    }
  }

  @Test func `of fifty changes to the same one lets one through`() async throws {
    try await withPlatform([till], setting) { platform in
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<50 { group.addTask { try await patch(platform, #""3""#).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.filter { $0 == 200 }.count == 1)
      #expect(statuses.filter { $0 == 412 }.count == 49)
    }
  }

  @Test func `is asked for where the manifest requires it`() async throws {
    try await withPlatform([till], setting) { platform in
      let missing = try await patch(platform, nil)
      #expect(missing.status == 428)
      #expect(missing.code == "precondition_required")
      #expect(missing.json["title"]?.string == "Precondition Required")
      #expect(try await patch(platform, nil, "PUT").status == 200)
      #expect(try await patch(platform, "*").status == 200)
      #expect(try await patch(platform, "*", "PUT").status == 200)
    }
  }

  @Test(arguments: [
    "", "3", #""3"#, #"W/"3""#, #""3", "4""#, #""x""#, #""03""#, #""+3""#, #""99999999999999999999""#, "\"\"",
  ])
  func `that is none is refused`(tag: String) async throws {
    try await withPlatform([till], setting) { platform in
      for method in ["PATCH", "PUT"] {
        let reply = try await patch(platform, tag, method)
        #expect(reply.status == 400)
        #expect(reply.code == "invalid_if_match")
      }
      let twice = try await platform.send(
        "PATCH", "/thing", [("if-match", #""3""#), ("if-match", #""4""#)], body: #"{"name":"b"}"#)
      #expect(twice.code == "invalid_if_match")
      #expect(try await platform.one("select version from thing", as: Int.self) == 3)
    }
  }

  @Test(
    arguments: [
      (#""3""#, 304), (#"W/"3""#, 304), (#""1", "3""#, 304), ("*", 304), (#""4""#, 200), (#""33""#, 200), ("3", 200),
      ("", 200), (#"""#, 200),
    ])
  func `that the reader has already is not sent again`(known: String, status: Int) async throws {
    try await withPlatform([till], setting) { platform in
      for method in ["GET", "HEAD"] {
        let reply = try await platform.send(method, "/thing", [("if-none-match", known)])
        #expect(reply.status == status)
        #expect(reply["etag"] == #""3""#)
        #expect(reply["cache-control"] == "private")
        #expect(reply.body.isEmpty == (status == 304 || method == "HEAD"))
        #expect(reply["content-type"] == (status == 304 ? nil : "application/json"))
      }
      let change = try await platform.send(
        "PUT", "/thing", [("if-none-match", #""4""#)], body: #"{"name":"b"}"#)
      #expect(change.status == 200)
    }
  }
}
