import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

/// Many changes of two address books at once, drawn by a seed, after each of which the books are what they must be: the
/// database refuses a commit that leaves them otherwise, and ``AddressScene/mustHold()`` looks at the whole.
@Suite struct BookPropertyTests {
  private struct Change: Sendable {
    var kind: Int
    var user: ID
    var pick: Int
    var order: Int
    var place: Int
    var isDefault: Bool

    private static let places: [[String: JSON]] = [
      [:],
      ["provinceName": "Jawa Barat", "cityName": "Kota Bandung", "districtName": "Coblong", "postalCode": "40132"],
      ["provinceName": "Jogja", "cityName": "Yogyakarta", "districtName": "Nirgendwo", "postalCode": "55111"],
      ["provinceName": "Papua", "cityCode": "9171", "districtName": .null, "postalCode": "99111"],
    ]

    /// A refusal is an outcome like any other.
    func run(_ scene: AddressScene) async throws {
      let list = try await scene.list(of: user)
      guard kind > 3, !list.isEmpty, let id = list[pick % list.count]["id"]?.string.flatMap({ ID($0) }) else {
        let reply = try await scene.create(
          Self.places[place].merging(["isDefault": .bool(isDefault)]) { $1 }, by: user)
        return #expect([201, 409].contains(reply.status), "\(reply.json)")
      }
      let reply =
        switch kind {
        case 4: try await scene.call("SetDefaultAddress", id, by: user)
        case 5, 6: try await scene.call("DeleteAddress", id, by: user)
        case 7:
          try await scene.call(
            "UpdateAddress", id, by: user, body: .object(JSONObject(Array(Self.places[place].filter { !$1.isNull }))))
        default: try await scene.use(id, order: order, by: user)
        }
      #expect([200, 204, 404, 409].contains(reply.status), "\(reply.json)")
    }
  }

  @Test(arguments: [1, 2, UInt64.random(in: 3...1_000_000)])
  func `whatever is done at once, a book keeps one default and twenty addresses at most`(seed: UInt64) async throws {
    try await AddressScene.run { scene in
      var random = Seeded(seed)
      for _ in 0..<12 {
        let changes = (0..<8).map { _ in
          Change(
            kind: .random(in: 0...8, using: &random), user: Bool.random(using: &random) ? scene.sari : scene.budi,
            pick: .random(in: 0...19, using: &random), order: .random(in: 0...9, using: &random),
            place: .random(in: 0...3, using: &random), isDefault: .random(using: &random))
        }
        try await withThrowingTaskGroup { group in
          for change in changes { group.addTask { try await change.run(scene) } }
          try await group.waitForAll()
        }
        scene.wait(.seconds(1))
        try await scene.mustHold()
      }
      try await mustAgree(scene, seed)
    }
  }

  /// What was used was counted once per order, and what was told is what is there.
  private func mustAgree(_ scene: AddressScene, _ seed: UInt64) async throws {
    let miscounted: Int = try await scene.address.one(
      """
      select count(*) from address
      where use_count <> (select count(*) from address_use where address_id = address.id)
        or (use_count > 0) <> (last_used_at is not null)
      """)
    #expect(miscounted == 0, "seed \(seed)")
    var told: [String: Bool] = [:]
    for event in try await scene.address.events() {
      let id = event.subject
      switch event.type {
      case "address.deleted":
        #expect(told[id] == event.data["wasDefault"]?.bool, "seed \(seed)")
        told[id] = nil
      case "address.created":
        #expect(told[id] == nil, "seed \(seed)")
        told[id] = event.data["isDefault"]?.bool
      default:
        #expect(told[id] != nil, "seed \(seed)")
        told[id] = event.data["isDefault"]?.bool
      }
    }
    var there: [String: Bool] = [:]
    for user in [scene.sari, scene.budi] {
      for address in try await scene.list(of: user) {
        there[address["id"]?.string ?? ""] = address["isDefault"]?.bool
      }
    }
    #expect(told == there, "seed \(seed)")
  }
}
