import FunctionKit
import PlatformTesting
import Testing

private struct Save: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    return input.id
  }
}

private struct SaveAndFail: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    throw Mishap()
  }
}

private struct SaveAndRefuse: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    throw Problem(409, "invalid_state", "No.")
  }
}

/// Breaks a rule that PostgreSQL looks at only when the transaction commits.
private struct SaveOrphan: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into line values (\(input.id))")
    return input.id
  }
}

/// Swallows the error of a statement, and with it the reason why nothing can be committed.
private struct SaveTwice: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    do { try await context.db.run("insert into note values (\(input.id))") } catch {}
    return input.id
  }
}

private struct SaveSideBySide: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<5 { group.addTask { try await context.db.run("insert into note values (\("side \(number)"))") } }
      return try await group.reduce(0, +)
    }
  }
}

private struct SaveWhileReading: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    return input.id
  }
}

private struct SaveByItself: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    return input.id
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Save:             { route: POST /save, access: public }
    SaveAndFail:      { route: POST /save-and-fail, access: public }
    SaveAndRefuse:    { route: POST /save-and-refuse, access: public }
    SaveOrphan:       { route: POST /save-orphan, access: public }
    SaveTwice:        { route: POST /save-twice, access: public }
    SaveSideBySide:   { route: POST /save-side-by-side, access: public }
    SaveWhileReading: { route: GET /save, access: public }
    SaveByItself:     { route: POST /save-by-itself, access: public, transaction: none }
  """,
  [
    .endpoint(Save.self), .endpoint(SaveAndFail.self), .endpoint(SaveAndRefuse.self), .endpoint(SaveOrphan.self),
    .endpoint(SaveTwice.self), .endpoint(SaveSideBySide.self), .endpoint(SaveWhileReading.self),
    .endpoint(SaveByItself.self),
  ])

@Suite struct `An invocation's transaction` {
  @Test(arguments: [
    ("/save", 200, 1), ("/save-and-fail", 500, 0), ("/save-and-refuse", 409, 0), ("/save-orphan", 500, 0),
    ("/save-twice", 500, 0), ("/save-by-itself", 500, 0),
  ])
  func `commits when the function returns and the commit succeeds, and only then`(
    path: String, status: Int, rows: Int
  ) async throws {
    try await withPlatform([till], tillSetting) { platform in
      let reply = try await platform.post(path, [], #"{"id":"a"}"#)
      #expect(reply.status == status)
      let (notes, lines) = (try await platform.count("note"), try await platform.count("line"))
      #expect(notes + lines == rows)
    }
  }

  @Test func `GET can't write, and the log says so`() async throws {
    try await withPlatform([till], tillSetting) { platform in
      let reply = try await platform.get("/save?id=a")
      #expect(reply.status == 500)
      #expect(reply.code == "internal_error")
      #expect(try await platform.count("note") == 0)
      let entry = try #require(try platform.logEntries(of: "SaveWhileReading").first)
      #expect(entry["error"]?.string?.contains("25006") == true)
    }
  }

  @Test func `statements that begin side by side share it`() async throws {
    try await withPlatform([till], tillSetting) { platform in
      let reply = try await platform.post("/save-side-by-side")
      #expect(reply.status == 200)
      #expect(reply.data?.int == 5)
      #expect(try await platform.count("note") == 5)
    }
  }
}
