import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

@Suite struct InternalAddressTests {
  @Test func `a service sees an address of the user that it names`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("A")
      func get(_ query: [(name: String, value: String)]) async throws -> TestReply {
        try await scene.address.call("GetAddressInternal", path: [("id", "\(id)")], query: query, caller: .service)
      }
      #expect(try await get([("userId", "\(scene.sari)")]).data["label"] == "A")
      #expect(try await get([("userId", "\(scene.budi)")]).status == 404)
      #expect(try await get([]).status == 422)
      let found = try await scene.address.call(
        "GetDefaultInternal", path: [("userId", "\(scene.sari)")], caller: .service)
      #expect(found.data["id"]?.string == "\(id)")
      let none = try await scene.address.call(
        "GetDefaultInternal", path: [("userId", "\(scene.budi)")], caller: .service)
      #expect(none.status == 404 && none.code == "no_default_address")
    }
  }

  @Test func `an order counts once, however often and at once it is told`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("A")
      let counts = try await withThrowingTaskGroup(of: Int?.self) { group in
        for number in 0..<8 { group.addTask { try await scene.use(id, order: number % 2).data["useCount"]?.int } }
        return try await group.reduce(into: Set<Int?>()) { $0.insert($1) }
      }
      #expect(counts.isSubset(of: [1, 2]))
      #expect(try await scene.use(id, order: 0).data["useCount"] == 2)
      #expect(try await scene.use(id, order: 5).data["useCount"] == 3)
      #expect(try await scene.use(id, order: 6, by: scene.budi).status == 404)
      #expect(try await scene.call("GetAddress", id).data["useCount"] == 3)
      #expect(try await scene.address.events("address.updated").isEmpty)
    }
  }

  @Test func `a courier's area is kept, its point where the user has none`() async throws {
    try await AddressScene.run { scene in
      let bare = try await scene.add("A")
      func set(_ id: ID, _ body: JSON) async throws -> TestReply {
        try await scene.address.call("SetCourierArea", path: [("id", "\(id)")], body: body, caller: .service)
      }
      let point: JSON = ["biteshipAreaId": "IDNP6", "latitude": .double(-6.25), "longitude": .double(106.75)]
      #expect(try await set(bare, point).status == 204)
      let known = try await scene.call("GetAddress", bare).data
      #expect(known["biteshipAreaId"] == "IDNP6" && known["geoAccuracy"] == "approximate")
      #expect(known["latitude"]?.double == -6.25)
      #expect(try await set(bare, point).status == 204)
      #expect(try await scene.call("GetAddress", bare).data["version"] == known["version"])
      let exact = try await scene.create(["latitude": .double(-6.24), "longitude": .double(106.8)])
      let id = try #require(exact.data["id"]?.string.flatMap { ID($0) })
      #expect(try await set(id, point).status == 204)
      let kept = try await scene.call("GetAddress", id).data
      #expect(kept["geoAccuracy"] == "exact" && kept["latitude"]?.double == -6.24 && kept["biteshipAreaId"] == "IDNP6")
      #expect(try await set(id, ["biteshipAreaId": "x", "latitude": 50, "longitude": 100]).code == "outside_indonesia")
      #expect(try await set(id, ["biteshipAreaId": ""]).code == "validation_failed")
      #expect(try await set(id, ["biteshipAreaId": "x", "latitude": 1]).code == "validation_failed")
      #expect(try await set(sampleID(99), point).status == 404)
    }
  }

  @Test func `a deleted user's addresses are blank, once`() async throws {
    try await AddressScene.run { scene in
      let ids = try await ["A", "B", "C"].asyncMap { try await scene.add($0) }
      _ = try await scene.call("DeleteAddress", ids[2])
      let other = try await scene.add("X", by: scene.budi)
      let told = try await scene.address.events("address.deleted").count
      for _ in 0..<2 {
        try await scene.address.handle(
          "EraseUser", type: "user.deleted",
          data: ["userId": .string("\(scene.sari)"), "deletedAt": "2026-01-01T00:00:00Z"])
      }
      #expect(try await scene.list().isEmpty)
      let left: String = try await scene.address.one(
        "select string_agg(address::text, ' ') from address where user_id = \(scene.sari)")
      for text in ["Sari", "Asia Afrika", "+62", "317407", "Kebayoran"] { #expect(!left.contains(text), "\(text)") }
      let events = try await scene.address.events("address.deleted").dropFirst(told)
      #expect(Set(events.map(\.subject)) == Set(ids.prefix(2).map(\.description)))
      #expect(try await scene.call("GetAddress", other, by: scene.budi).data["recipientName"] == "Sari")
      #expect(try await scene.create().status == 201)
    }
  }
}
