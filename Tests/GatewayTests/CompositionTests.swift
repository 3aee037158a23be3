import EventLoop
import FunctionKit
import Gateway
import PlatformTesting
import Runtime
import Testing
import TokenTesting

@Suite struct `A composed answer` {
  @Test func `has what its parts have answered, in the manifest's order`() async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/things/%C3%BC%2F1/full", to: .gateway)
      #expect(answer.status == 200)
      #expect(answer["content-type"] == "application/json")
      #expect(answer.data?.object?.members.map(\.name) == ["thing", "maker", "parts", "bare"])
      #expect(answer.data?["thing"]?["id"] == "ü/1")
      #expect(answer.data?["maker"] == "maker/of ü, 7, ü/1")
      #expect(answer.data?["parts"] == [1, 2])
      #expect(answer.data?["bare"] == ["one": 1])
      #expect(answer.json["meta"] == ["parts": ["parts": ["nextCursor": "c"]], "partial": []])
    }
  }

  @Test func `asks for all parts at once that do not wait for another`() async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/meeting", to: .gateway)
      #expect(answer.data == ["left": "left", "right": "right"])
    }
  }

  @Test func `asks each part with the request's id, in its trace, and without what is of the whole`() async throws {
    try await onStage { platform async throws in
      let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      let headers = [("traceparent", trace), ("x-request-id", "composed-1"), ("if-none-match", "\"1\"")]
      let answer = try await platform.get("/things/a/full", to: .gateway, headers)
      #expect(answer["x-request-id"] == "composed-1")
      let own = try #require(answer["traceparent"])
      let told = try #require(answer.data?["thing"]?["trace"]?.string)
      #expect(own.contains("0af7651916cd43dd8448eb211c80319c") && own != trace)
      #expect(told == own, "a part's caller is the composition")
      #expect(answer.data?["thing"]?["version"] == .null)
      #expect(stage("composed-1").seen["thing"] == "a")
      try await platform.until { try platform.logEntries(of: "ThingFull").count == 1 }
      let line = try #require(try platform.logEntries(of: "ThingFull").first)
      #expect(line["bundle"] == "composed" && line["request"] == "composed-1" && line["message"] == "200")
      #expect(try platform.logEntries(of: "GetThing").first?["request"] == "composed-1")
      #expect(platform.services.tallies.all.contains { $0.function == "ThingFull" && $0.runs == 1 })
    }
  }

  @Test func `is at the gateway alone, for GET and HEAD`() async throws {
    try await onStage { platform async throws in
      #expect(try await platform.get("/meeting", to: .service("composed")).status == 404)
      #expect(try await platform.send("HEAD", "/things/a/full", to: .gateway).status == 200)
      let posted = try await platform.post("/things/a/full", to: .gateway)
      #expect(posted.status == 405 && posted["allow"] == "GET, HEAD")
    }
  }

  @Test func `does not lead from one route to another, whatever stands in its path`() async throws {
    try await onStage { platform async throws in
      let id = try await platform.get("/makers/a%2Ffull/full", to: .gateway)
      #expect(id.data?["maker"] == "a/full, 0, ")
      for dots in [".", "..", "%2E%2E"] {
        let answer = try await platform.get("/makers/\(dots)/full", to: .gateway)
        #expect(answer.status == 400 && answer.code == "bad_request", "\(dots)")
      }
      #expect(try await platform.get("/makers/%ff/full", to: .gateway).code == "bad_request")
    }
  }
}

@Suite struct `The callers of a composed answer` {
  @Test func `see nothing that they could not have asked for themselves`() async throws {
    try await onStage { platform async throws in
      for headers in [[], Keys.asUser(), Keys.asService, Keys.bearing("no token")] {
        let answer = try await platform.get("/mine", to: .gateway, headers)
        #expect(answer.status == 401 && answer.code == "unauthenticated" && answer.json["part"] == "mine")
        #expect(answer.json["instance"] == "/mine" && answer["www-authenticate"]?.hasPrefix("Bearer") == true)
        #expect(answer.data == nil)
      }
      let mine = try await platform.get("/mine", to: .gateway, Keys.bearing(token(platform)))
      #expect(mine.data == ["mine": .string(TestToken.user), "list": [1, 2]])
    }
  }

  @Test func `are told which optional parts are not for them`() async throws {
    try await onStage { platform async throws in
      func peek(_ roles: String...) async throws -> Answer {
        try await platform.get("/peek", to: .gateway, roles.isEmpty ? [] : Keys.bearing(token(platform, roles)))
      }
      let stranger = try await peek()
      #expect(stranger.status == 200 && stranger.data == ["list": [1, 2], "mine": .null, "admin": .null])
      #expect(
        stranger.json["meta"]?["partial"] == [
          ["part": "mine", "status": 401, "code": "unauthenticated"],
          ["part": "admin", "status": 401, "code": "unauthenticated"],
        ])
      let user = try await peek("user")
      #expect(user.data?["mine"] == .string(TestToken.user))
      #expect(user.json["meta"]?["partial"] == [["part": "admin", "status": 403, "code": "forbidden"]])
      #expect(try await peek("user", "admin").data?["admin"] == "admin")
    }
  }

  @Test func `are counted for each part, by the part's own limits`() async throws {
    try await onStage { platform async throws in
      #expect(try await platform.get("/limited/full", to: .gateway).status == 200)
      let second = try await platform.get("/limited/full", to: .gateway)
      #expect(second.status == 429 && second.code == "rate_limited" && second.json["part"] == "one")
      #expect(second["retry-after"] != nil)
      #expect(try await platform.get("/limited", to: .gateway).status == 429)
    }
  }
}

@Suite struct `A part that fails` {
  @Test(arguments: [("out_of_stock", 409), ("busy", 503), ("break", 503)])
  func `is named beside the others when it is optional`(code: String, status: Int) async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/broken/\(code)", to: .gateway)
      #expect(answer.status == 200 && answer.data == ["list": [1, 2], "other": .null])
      let entry = answer.json["meta"]?["partial"]?[0]
      #expect(entry?["part"] == "other" && entry?["status"]?.int == status && entry?["code"]?.string?.isEmpty == false)
      #expect(answer["cache-control"] == "no-store")
    }
  }

  @Test func `is just not there when there is no such thing`() async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/broken/gone", to: .gateway)
      #expect(answer.data?["other"] == .null && answer.json["meta"]?["partial"] == [])
      for thing in ["lone", "found"] {
        let answer = try await platform.get("/things/\(thing)/full", to: .gateway)
        #expect(answer.status == 200 && answer.data?["maker"] == .null && answer.json["meta"]?["partial"] == [])
      }
    }
  }

  @Test func `is the answer's when the answer needs it`() async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/refused/out_of_stock", to: .gateway)
      #expect(
        answer.status == 409 && answer.code == "out_of_stock" && answer["content-type"] == "application/problem+json")
      #expect(answer.json["part"] == "other" && answer.json["instance"] == "/refused/out_of_stock")
      #expect(answer.json["detail"] == "It says out_of_stock.")
      let busy = try await platform.get("/refused/busy", to: .gateway)
      #expect(busy.status == 503 && busy["retry-after"] == "7")
      let missing = try await platform.get("/things/none/full", to: .gateway)
      #expect(missing.status == 404 && missing.code == "not_found" && missing.json["part"] == "thing")
    }
  }

  @Test func `fails when it answers with what is no JSON`() async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/paged", to: .gateway)
      #expect(answer.json["meta"]?["partial"] == [["part": "page", "status": 502, "code": "unexpected_answer"]])
    }
  }

  @Test func `fails the whole when the parts are larger than they may be`() async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/heavy", to: .gateway)
      #expect(answer.status == 502 && answer.code == "answer_too_large")
    }
  }

  @Test func `is of a bundle that is only planned`() async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/planned", to: .gateway)
      #expect(answer.status == 200 && answer.data == ["list": [1, 2], "late": .null, "none": .null])
      #expect(answer.json["meta"]?["partial"] == [["part": "none", "status": 503, "code": "service_unavailable"]])
    }
  }
}

@Suite struct `A part that takes too long` {
  @Test(arguments: ["/late", "/all-late"])
  func `is left out when it is optional, and told to stop`(path: String) async throws {
    try await onStage { platform async throws in
      let id = "late\(path.replacing("/", with: "-"))"
      let answer = try await platform.get(path, to: .gateway, [("x-request-id", id)])
      #expect(answer.status == 200 && answer.data == ["list": [1, 2], "endless": .null])
      #expect(answer.json["meta"]?["partial"] == [["part": "endless", "status": 504, "code": "function_timeout"]])
      try await platform.until { stage(id).cancelled == 1 }
    }
  }

  @Test func `is the answer's time-out when the answer needs it`() async throws {
    try await onStage { platform async throws in
      let answer = try await platform.get("/too-late", to: .gateway, [("x-request-id", "too-late")])
      #expect(answer.status == 504 && answer.code == "function_timeout" && answer.json["part"] == "endless")
      try await platform.until { stage("too-late").cancelled == 1 }
    }
  }

  @Test func `is told to stop when the client goes`() async throws {
    try await onStage { platform async throws in
      let client = try await Stream.connect(platform.loop, to: .tcp(host: "127.0.0.1", port: platform.port(.gateway)))
      client.write(Array("GET /waiting HTTP/1.1\r\nhost: localhost\r\nx-request-id: waiting\r\n\r\n".utf8))
      await stage("waiting").wait(for: "endless")
      client.close()
      try await platform.until { stage("waiting").cancelled == 1 }
      try await platform.until { try platform.logEntries(of: "Waiting").first?["message"] == "499 client_gone" }
    }
  }
}

@Suite struct `A composed answer that is kept` {
  @Test func `has a tag of the whole`() async throws {
    try await onStage { platform async throws in
      let first = try await platform.get("/keeping", to: .gateway)
      let tag = try #require(first["etag"])
      let again = try await platform.get("/keeping", to: .gateway, [("if-none-match", tag)])
      #expect(again.status == 304 && again.body.isEmpty && again["etag"] == tag)
      #expect(try await platform.get("/half-kept", to: .gateway, [("if-none-match", tag)]).status == 200)
    }
  }

  @Test func `is kept no longer than each of its parts`() async throws {
    try await onStage { platform async throws in
      let keeping = try await platform.get("/keeping", to: .gateway)
      #expect(keeping["cache-control"] == "public, max-age=60" && keeping["vary"]?.hasPrefix("x-place") == true)
      #expect(try await platform.get("/half-kept", to: .gateway)["cache-control"] == nil)
    }
  }

  @Test func `is never kept when a part is not for everybody`() async throws {
    try await onStage { platform async throws in
      #expect(try await platform.get("/peek", to: .gateway)["cache-control"] == "no-store")
      let mine = try await platform.get("/mine", to: .gateway, Keys.bearing(token(platform)))
      #expect(mine.status == 200 && mine["cache-control"] == "no-store")
    }
  }
}

@Suite struct `A part that other processes run` {
  @Test func `is asked for there, as the caller`() async throws {
    let path = "/tmp/lakoo-composed-\(UInt64.random(in: 0 ... .max)).sock"
    var there = Setting()
    there.localSocket = path
    var here = Setting()
    here.elsewhere = [Setting.Elsewhere(parts, path)]
    try await withPlatform([parts], there) { [here] elsewhere in
      try await withPlatform([composed], here) { front async throws in
        let answer = try await front.get("/things/%C3%BC%2F1/full", to: .gateway)
        #expect(answer.data?["thing"]?["id"] == "ü/1" && answer.data?["maker"] == "maker/of ü, 7, ü/1")
        #expect(try await front.get("/mine", to: .gateway).code == "unauthenticated")
        let mine = try await front.get("/mine", to: .gateway, Keys.bearing(token(front)))
        #expect(mine.data?["mine"] == .string(TestToken.user))
        let admin = try await front.get("/peek", to: .gateway, Keys.bearing(token(front, ["user", "admin"])))
        #expect(admin.data?["admin"] == "admin")
      }
    }
  }

  @Test func `is told to stop there when its time is over`() async throws {
    let path = "/tmp/lakoo-composed-\(UInt64.random(in: 0 ... .max)).sock"
    var there = Setting()
    there.localSocket = path
    var here = Setting()
    here.elsewhere = [Setting.Elsewhere(parts, path)]
    try await withPlatform([parts], there) { [here] elsewhere in
      try await withPlatform([composed], here) { front async throws in
        let answer = try await front.get("/too-late", to: .gateway, [("x-request-id", "too-late-there")])
        #expect(answer.status == 504 && answer.json["part"] == "endless")
        try await front.until { stage("too-late-there").cancelled == 1 }
      }
    }
  }
}

private func onStage(_ body: @escaping @Sendable (Platform) async throws -> Void) async throws {
  try await withPlatform([composed, parts], Setting(), body)
}

private func token(_ platform: Platform, _ roles: [String] = ["user"]) -> String {
  TestToken(at: platform.clock.now.seconds, roles: roles).signed(Keys.tokenSecret)
}
