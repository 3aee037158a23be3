import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Who may plan, agree to and call off a message to many.
@Suite struct BroadcastStateTests {
  @Test func `an advertisement takes two people, and leaves a trail`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      let made = try await scene.create("sale")
      #expect(made.status == 201, "\(made.json)")
      #expect(made.data["status"] == "draft")
      let id = made.data["id"]?.string ?? ""
      try await scene.run()
      #expect(try await scene.progress(id) == "draft 1 0 0 0 0")
      let own = try await scene.approve(id, by: scene.planner)
      #expect(own.status == 409)
      #expect(own.code == "same_approver")
      let agreed = try await scene.approve(id)
      #expect(agreed.data["status"] == "scheduled")
      #expect(agreed.data["approvedBy"]?.string == "\(staff(2))")
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 1 1 0 1 0")
      #expect(
        try await scene.history(id) == [
          "- draft create_broadcast \(staff(1))", "draft scheduled approve_broadcast \(staff(2))",
          "scheduled running run_broadcasts system", "running completed run_broadcasts system",
        ])
    }
  }

  @Test func `what does not advertise needs nobody's consent`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      let made = try await scene.create("news")
      #expect(made.data["status"] == "scheduled")
      #expect(made.data["approvedBy"] == .null)
      let id = made.data["id"]?.string ?? ""
      #expect(
        try await scene.history(id) == [
          "- draft create_broadcast \(staff(1))", "draft scheduled create_broadcast \(staff(1))",
        ])
      let late = try await scene.approve(id)
      #expect(late.code == "invalid_state")
    }
  }

  @Test func `which state may follow which`() {
    let allowed: [BroadcastStatus: Set<BroadcastStatus>] = [
      .draft: [.scheduled, .cancelled], .scheduled: [.running, .cancelled, .failed],
      .running: [.completed, .cancelled, .failed], .completed: [.cancelled], .failed: [.cancelled],
    ]
    for from in BroadcastStatus.allCases {
      for to in BroadcastStatus.allCases {
        let isAllowed = allowed[from]?.contains(to) ?? false
        #expect((try? from.mustAllow(to)) != nil ? isAllowed : !isAllowed, "\(from) to \(to)")
      }
    }
  }

  @Test(arguments: BroadcastStatus.allCases)
  func `in each state, what may be done and what is refused`(status: BroadcastStatus) async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      for (function, to, allowed) in [
        ("ApproveBroadcast", "scheduled", [.draft]), ("CancelBroadcast", "cancelled", [.draft, .scheduled, .running]),
      ] as [(String, String, [BroadcastStatus])] {
        let id = try await scene.create("sale", key: function).data["id"]?.string ?? ""
        try await scene.notification.write(
          """
          update broadcast set status = \(status), approved_by = \(staff(2))::uuid where id = \(id)::uuid
          """)
        let before = try await scene.history(id)
        let reply = try await scene.notification.call(function, path: [("id", id)], caller: scene.approver)
        if allowed.contains(status) {
          #expect(reply.status == 200)
          #expect(reply.data["status"]?.string == to)
          #expect(reply.data["version"] == 2)
        } else {
          #expect(reply.status == 409)
          // What is over can be called off for as long as messages wait, and here there are none.
          let isOver = function == "CancelBroadcast" && [.completed, .failed].contains(status)
          #expect(reply.code == (isOver ? "nothing_waits" : "invalid_state"))
          #expect("\(reply.json)".contains(status.rawValue) && (isOver || "\(reply.json)".contains(to)))
          #expect(try await scene.history(id) == before)
        }
      }
    }
  }

  @Test func `what has been made for the morning can be called off at night`() async throws {
    try await BroadcastScene.run(at: "2027-01-11T14:00:00Z") { scene in
      try await scene.people(2)
      let id = try await scene.plan("sale", ["in_app", "email"])
      try await scene.run()
      #expect(try await scene.progress(id) == "completed 2 2 0 2 0")
      let over: Instant = try await scene.notification.one("select finished_at from broadcast")
      scene.notification.clock.advance(by: .minutes(5))
      let cancelled = try await scene.cancel(id)
      #expect(cancelled.data["status"] == "cancelled")
      #expect(cancelled.data["finishedAt"] == .string("\(over)"))
      #expect(try await scene.history(id).last == "completed cancelled cancel_broadcast \(staff(1))")
      try await scene.go(to: "2027-01-12T03:00:00Z")
      try await scene.notification.fire("DispatchDue")
      #expect(scene.carriers.calls.isEmpty)
      #expect(try await scene.cancel(id).code == "invalid_state")
    }
  }

  @Test func `the database lets nobody advertise alone`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      let id = try await scene.create("sale").data["id"]?.string ?? ""
      await #expect(throws: DatabaseError.self) {
        try await scene.notification.write("update broadcast set status = 'scheduled' where id = \(id)::uuid")
      }
      await #expect(throws: DatabaseError.self) {
        try await scene.notification.write(
          "update broadcast set status = 'running', approved_by = created_by where id = \(id)::uuid")
      }
      await #expect(throws: DatabaseError.self) {
        try await scene.notification.write("update broadcast set processed = 2 where id = \(id)::uuid")
      }
    }
  }

  @Test(arguments: [
    ("channels", #"[]"#, 422, "validation_failed"),
    ("channels", #"["in_app","in_app"]"#, 422, "validation_failed"),
    ("channels", #"["sms"]"#, 422, "validation_failed"),
    ("channels", #"["pigeon"]"#, 422, "validation_failed"),
    ("audience", #"{}"#, 422, "validation_failed"),
    (
      "audience", #"{"segment":"everyone","userIds":["018f2f5e-7b1a-7c3d-9e4f-0123456789ab"]}"#, 422,
      "validation_failed"
    ),
    ("audience", #"{"segment":"rich_people"}"#, 422, "validation_failed"),
    ("audience", #"{"userIds":[]}"#, 422, "audience_empty"),
    ("audience", #"{"segment":"newsletter"}"#, 422, "audience_empty"),
    ("scheduledFor", #""2027-04-12T03:00:00Z""#, 422, "validation_failed"),
    ("templateCode", #""no_such_template""#, 404, "template_not_found"),
    ("templateCode", #""retired""#, 404, "template_not_found"),
    ("templateCode", #""price_drop""#, 422, "template_data_invalid"),
  ])
  func `what makes no sense is refused, and nothing is planned`(
    field: String, value: String, status: Int, code: String
  ) async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      try await scene.write("retired", "system", "Lama")
      try await scene.retire("retired")
      var body: JSONObject = ["templateCode": "news", "channels": ["in_app"], "audience": ["segment": "everyone"]]
      body[field] = try JSON.parse(Array(value.utf8))
      let reply = try await scene.notification.call(
        "CreateBroadcast", body: .object(body), caller: scene.planner, key: "k")
      #expect(reply.status == status, "\(reply.json)")
      #expect(reply.code == code)
      #expect(try await scene.notification.query("select id from broadcast", as: ID.self).isEmpty)
    }
  }

  @Test func `ten thousand people by name, and not one more`() async throws {
    try await BroadcastScene.run { scene in
      let names = (1...10_001).map { JSON.string("\(ID(at: Instant(seconds: Int64($0)), random: (0, 0)))") }
      let many = try await scene.create("news", to: ["userIds": .array(names)])
      #expect(many.code == "validation_failed")
      let most = try await scene.create("news", to: ["userIds": .array(Array(names.dropLast()))], key: "k2")
      #expect(most.status == 201)
      #expect(most.data["total"] == 10_000)
    }
  }

  @Test func `a key makes one broadcast, and a stale version changes none`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      let first = try await scene.create("sale")
      let again = try await scene.create("sale")
      #expect(first.data["id"] == again.data["id"])
      #expect(try await scene.notification.one("select count(*) from broadcast", as: Int.self) == 1)
      let id = first.data["id"]?.string ?? ""
      let stale = try await scene.approve(id, headers: ["if-match": "\"7\""])
      #expect(stale.status == 412)
      #expect(stale.code == "stale_version")
      #expect(try await scene.approve(id, headers: ["if-match": "\"1\""]).status == 200)
      #expect(try await scene.cancel(id, headers: ["if-match": "\"1\""]).status == 412)
      #expect(try await scene.cancel("\(sampleUser(1))").status == 404)
    }
  }

  @Test func `two who agree at once agree once`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      let id = try await scene.create("sale").data["id"]?.string ?? ""
      async let one = scene.approve(id)
      async let other = scene.approve(id)
      #expect(try await [one.status, other.status].sorted() == [200, 409])
      #expect(try await scene.history(id).count == 2)
    }
  }

  @Test func `all there are, newest first, and those of a state`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      var ids: [String] = []
      for number in 1...3 {
        ids.insert(
          try await scene.create(number == 2 ? "sale" : "news", key: "k\(number)").data["id"]?.string ?? "", at: 0)
        scene.notification.clock.advance(by: .milliseconds(2))
      }
      func list(_ query: [(name: String, value: String)]) async throws -> TestReply {
        try await scene.notification.call("ListBroadcasts", query: query, caller: scene.planner)
      }
      let first = try await list([("limit", "2")])
      #expect(first.data.array?.map { $0["id"]?.string ?? "" } == Array(ids.prefix(2)))
      let cursor = first.json["meta"]?["nextCursor"]?.string ?? ""
      #expect(try await list([("cursor", cursor)]).data.array?.map { $0["id"]?.string ?? "" } == [ids[2]])
      #expect(try await list([("status", "draft")]).data.array?.map { $0["id"]?.string ?? "" } == [ids[1]])
    }
  }
}
