import FunctionKit
import FunctionTesting
import NotificationFunctions
import Runtime
import Testing

@Suite struct DeviceTests {
  @Test func `a device is registered once, shown without its token, and removed`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      let device = try await notification.register("token-of-a-phone", for: user)
      let again = try await notification.register("token-of-a-phone", for: user)
      #expect(device["id"] == again["id"] && device["platform"] == "android" && device["token"] == nil)
      let list = try await notification.call("ListDevices", caller: .user(user)).data.array ?? []
      #expect(list.map { $0["id"] } == [device["id"]])
      let path = [(name: "id", value: device["id"]?.string ?? "")]
      for (caller, status) in [(notification.newID(), 404), (user, 204), (user, 404)] {
        let reply = try await notification.call("RemoveDevice", path: path, caller: .user(caller))
        #expect(reply.status == status)
      }
      #expect(try await notification.call("ListDevices", caller: .user(user)).data == [])
    }
  }

  @Test func `a token belongs to whoever registered it last`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let (one, other) = (notification.newID(), notification.newID())
      try await notification.register("token-of-a-phone", for: one)
      try await notification.write("update device set disabled_at = now(), disable_reason = 'unregistered'")
      try await notification.register("token-of-a-phone", for: other)
      #expect(try await notification.call("ListDevices", caller: .user(one)).data == [])
      #expect(try await notification.call("ListDevices", caller: .user(other)).data.array?.count == 1)
      let rows: Int = try await notification.one("select count(*) from device")
      #expect(rows == 1)
    }
  }

  @Test func `the eleventh device takes the place of the one that was away longest, at once too`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.register("token-number-00", for: user)
      notification.clock.advance(by: .seconds(1))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 10..<22 { group.addTask { try await notification.register("token-number-\(number)", for: user) } }
        try await group.waitForAll()
      }
      let tokens: [String] = try await notification.query("select token from device")
      #expect(tokens.count == 10 && !tokens.contains("token-number-00"))
    }
  }

  @Test(arguments: [
    ("token", "123456789", 422), ("token", String(repeating: "x", count: 4097), 422), ("platform", "fridge", 422),
    ("appVersion", String(repeating: "1", count: 31), 422),
  ])
  func `what is no device is refused`(field: String, value: String, status: Int) async throws {
    try await withBundle("notification", Notification.self) { notification in
      var body: JSONObject = ["platform": "ios", "token": "0123456789", "appVersion": "1"]
      body[field] = .string(value)
      let reply = try await notification.call(
        "RegisterDevice", body: .object(body), caller: .user(notification.newID()))
      #expect(reply.status == status)
    }
  }
}

extension BundleUnderTest {
  @discardableResult
  func register(_ token: String, for user: ID) async throws -> JSON {
    try await call(
      "RegisterDevice", body: ["platform": "android", "token": .string(token)], caller: .user(user)
    ).data
  }
}
