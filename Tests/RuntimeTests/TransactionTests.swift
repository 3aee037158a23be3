import FunctionKit
import PlatformTesting
import Testing

@Suite struct `An invocation's transaction` {
  @Test(arguments: [
    ("/save", 200, 1), ("/save-and-fail", 500, 0), ("/save-and-refuse", 409, 0), ("/save-orphan", 500, 0),
    ("/save-twice", 500, 0), ("/save-by-itself", 500, 0),
  ])
  func `commits when the function returns and the commit succeeds, and only then`(
    path: String, status: Int, rows: Int
  ) async throws {
    try await withPlatform([saveTill], tillSetting) { platform in
      let reply = try await platform.post(path, [], #"{"id":"a"}"#)
      #expect(reply.status == status)
      let (notes, lines) = (try await platform.count("note"), try await platform.count("line"))
      #expect(notes + lines == rows)
    }
  }

  @Test func `GET can't write, and the log says so`() async throws {
    try await withPlatform([saveTill], tillSetting) { platform in
      let reply = try await platform.get("/save?id=a")
      #expect(reply.status == 500)
      #expect(reply.code == "internal_error")
      #expect(try await platform.count("note") == 0)
      let entry = try #require(try platform.logEntries(of: "SaveWhileReading").first)
      #expect(entry["error"]?.string?.contains("25006") == true)
    }
  }

  @Test func `statements that begin side by side share it`() async throws {
    try await withPlatform([saveTill], tillSetting) { platform in
      let reply = try await platform.post("/save-side-by-side")
      #expect(reply.status == 200)
      #expect(reply.data?.int == 5)
      #expect(try await platform.count("note") == 5)
    }
  }
}
