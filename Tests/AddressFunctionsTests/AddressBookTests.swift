import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

@Suite struct AddressBookTests {
  @Test func `the default comes first, then what was used last, then what is newest`() async throws {
    try await AddressScene.run { scene in
      let ids = try await ["A", "B", "C", "D"].asyncMap { try await scene.add($0) }
      #expect(try await scene.labels() == ["A", "D", "C", "B"])
      _ = try await scene.use(ids[1], order: 1)
      scene.wait(.minutes(1))
      _ = try await scene.use(ids[2], order: 1)
      #expect(try await scene.labels() == ["A", "C", "B", "D"])
      #expect(try await scene.labels(of: scene.budi).isEmpty)
    }
  }

  @Test func `whose it is not, for them it is not there`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("A")
      _ = try await scene.add("B", by: scene.budi)
      for function in ["GetAddress", "SetDefaultAddress", "DeleteAddress"] {
        #expect(try await scene.call(function, id, by: scene.budi).status == 404, "\(function)")
      }
      #expect(try await scene.call("UpdateAddress", id, by: scene.budi, body: ["label": "x"]).status == 404)
      let own = try await scene.call("GetAddress", id)
      #expect(own.status == 200 && own.header("etag") == "\"\(own.data["version"]?.int ?? -1)\"")
      #expect(try await scene.call("GetAddress", sampleID(99)).status == 404)
    }
  }

  @Test func `the default is found, once there is one`() async throws {
    try await AddressScene.run { scene in
      let none = try await scene.address.call("GetDefaultAddress", caller: .user(scene.sari))
      #expect(none.status == 404 && none.code == "no_default_address")
      let id = try await scene.add("A")
      _ = try await scene.add("B")
      let found = try await scene.address.call("GetDefaultAddress", caller: .user(scene.sari))
      #expect(found.data["id"]?.string == "\(id)")
    }
  }

  @Test func `a new default takes the place of the one before`() async throws {
    try await AddressScene.run { scene in
      let first = try await scene.add("A")
      let second = try await scene.create(["label": "B", "isDefault": true])
      #expect(second.data["isDefault"] == true)
      let events = try await scene.address.events().suffix(2)
      #expect(events.map(\.type) == ["address.updated", "address.created"])
      #expect(events.first?.data["addressId"]?.string == "\(first)" && events.first?.data["isDefault"] == false)
      let back = try await scene.call("SetDefaultAddress", first)
      #expect(back.data["isDefault"] == true)
      let again = try await scene.call("SetDefaultAddress", first)
      #expect(again.data == back.data)
      #expect(try await scene.address.events("address.updated").count == 3)
    }
  }

  @Test(arguments: 0..<3) func `of two defaults at once, one stays`(round: Int) async throws {
    try await AddressScene.run { scene in
      let (a, b) = (try await scene.add("A"), try await scene.add("B"))
      async let toB = scene.call("SetDefaultAddress", b)
      async let toA = scene.call("SetDefaultAddress", a)
      let replies = try await [toA, toB]
      #expect(replies.map(\.status) == [200, 200])
      #expect(try await scene.list().filter { $0["isDefault"] == true }.count == 1)
    }
  }

  @Test func `the one used last inherits the default`() async throws {
    try await AddressScene.run { scene in
      let ids = try await ["A", "B", "C"].asyncMap { try await scene.add($0) }
      _ = try await scene.use(ids[1], order: 1)
      scene.wait(.minutes(1))
      _ = try await scene.use(ids[2], order: 2)
      let reply = try await scene.call("DeleteAddress", ids[0])
      #expect(reply.status == 204)
      let events = try await scene.address.events().suffix(2)
      #expect(events.map(\.type) == ["address.deleted", "address.updated"])
      #expect(events.first?.subject == "\(ids[0])" && events.last?.subject == "\(ids[2])")
      #expect(events.first?.data["newDefaultId"]?.string == "\(ids[2])" && events.first?.data["wasDefault"] == true)
      #expect(events.last?.data["isDefault"] == true)
      #expect(try await scene.labels() == ["C", "B"])
      #expect(try await scene.call("DeleteAddress", ids[0]).status == 404)
      #expect(try await scene.call("DeleteAddress", ids[1]).status == 204)
      let last = try await scene.address.events("address.deleted").last
      #expect(last?.data["wasDefault"] == false && last?.data["newDefaultId"] == .null)
    }
  }

  @Test func `the only address stays, even when both of two go at once`() async throws {
    try await AddressScene.run { scene in
      let (a, b) = (try await scene.add("A"), try await scene.add("B"))
      async let first = scene.call("DeleteAddress", a)
      async let second = scene.call("DeleteAddress", b)
      let replies = try await [first, second]
      #expect(replies.map(\.status).sorted() == [204, 409])
      #expect(replies.compactMap(\.code) == ["last_address"])
      #expect(try await scene.list().count == 1)
    }
  }

  @Test func `a deleted address is nowhere any more`() async throws {
    try await AddressScene.run { scene in
      let (a, _) = (try await scene.add("A"), try await scene.add("B"))
      _ = try await scene.call("DeleteAddress", a)
      #expect(try await scene.labels() == ["B"])
      #expect(try await scene.call("GetAddress", a).status == 404)
      #expect(try await scene.call("SetDefaultAddress", a).status == 404)
      #expect(try await scene.call("UpdateAddress", a, body: ["label": "x"]).status == 404)
      #expect(try await scene.use(a, order: 1).status == 404)
      let shown = try await scene.address.call(
        "GetAddressInternal", path: [("id", "\(a)")], query: [("userId", "\(scene.sari)")], caller: .service)
      #expect(shown.status == 404)
      let area = try await scene.address.call(
        "SetCourierArea", path: [("id", "\(a)")], body: ["biteshipAreaId": "x"], caller: .service)
      #expect(area.status == 404)
    }
  }
}

extension Sequence {
  func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
