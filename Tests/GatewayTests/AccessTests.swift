import FunctionKit
import Gateway
import PlatformTesting
import Testing

@Suite struct `Who may call` {
  /// What a request says of its sender, and what each kind of access makes of it at a service's own port.
  private static let senders: [(name: String, headers: [(String, String)])] = [
    ("nobody", []),
    ("wrong gateway key", Keys.wrongGateway + [("x-user-id", Keys.user), ("x-user-role", "admin")]),
    ("gateway without user", Keys.asGateway),
    ("user", Keys.asUser()),
    ("wrong role", Keys.asUser(role: "seller")),
    ("unknown role", Keys.asUser(role: "emperor")),
    ("right role", Keys.asUser(role: "finance_admin")),
    ("admin", Keys.asUser(role: "admin")),
    ("invalid user id", Keys.asUser("me", role: "admin")),
    ("user without key", [("x-user-id", Keys.user), ("x-user-role", "admin")]),
    ("internal key", Keys.asService),
    ("wrong internal key", Keys.wrongService),
    ("wrong internal key, right role", Keys.wrongService + Keys.asUser(role: "finance_admin")),
  ]

  private static let table: [(path: String, statuses: [Int])] = [
    ("public", [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("user", [401, 401, 401, 200, 200, 200, 200, 200, 401, 401, 401, 401, 401]),
    ("owner", [401, 401, 401, 200, 200, 200, 200, 200, 401, 401, 401, 401, 401]),
    ("internal", [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 200, 401, 401]),
    ("role", [401, 401, 401, 403, 403, 403, 200, 200, 401, 401, 401, 401, 401]),
    ("user-or-internal", [401, 401, 401, 200, 200, 200, 200, 200, 401, 401, 200, 401, 401]),
    ("role-or-internal", [401, 401, 401, 403, 403, 403, 200, 200, 401, 401, 200, 401, 401]),
    ("owner-or-role", [401, 401, 401, 200, 200, 200, 200, 200, 401, 401, 401, 401, 401]),
  ]

  @Test func `every kind of access answers every kind of sender as agreed`() async throws {
    try await withPlatform([shop]) { platform in
      for (path, statuses) in Self.table {
        for (sender, status) in zip(Self.senders, statuses) {
          let reply = try await platform.get("/visit/\(path)", sender.headers)
          #expect(reply.status == status, "\(path), \(sender.name)")
          let code = status == 401 ? "unauthenticated" : status == 403 ? "forbidden" : nil
          #expect(reply.code == code, "\(path), \(sender.name)")
          #expect((reply["www-authenticate"] != nil) == (status == 401), "\(path), \(sender.name)")
        }
      }
    }
  }

  @Test func `the gateway believes nothing that a client says of itself`() async throws {
    try await withPlatform([shop]) { platform in
      let claims = Keys.asService + Keys.asUser(role: "admin")
      for path in ["user", "owner", "role", "user-or-internal", "role-or-internal", "owner-or-role"] {
        #expect(try await platform.get("/visit/\(path)", to: .gateway, claims).status == 401, "\(path)")
      }
      let reply = try await platform.get("/visit/public", to: .gateway, claims)
      #expect(reply.text == #"{"success":true,"data":{"user":null,"role":null,"isPrivileged":false}}"#)
    }
  }

  @Test(arguments: [
    ("user", Keys.asUser(), "user", false), ("role", Keys.asUser(role: "finance_admin"), "finance_admin", true),
    ("owner-or-role", Keys.asUser(role: "seller"), "seller", false),
    ("owner-or-role", Keys.asUser(role: "finance_admin"), "finance_admin", true),
    ("owner-or-role", Keys.asUser(role: "admin"), "admin", true), ("owner", Keys.asUser(role: "admin"), "admin", false),
    ("user-or-internal", Keys.asUser() + Keys.asService, "user", true),
    ("public", Keys.asUser(role: "seller"), "seller", false),
    ("user", Keys.asUser(role: "emperor"), "user", false),
  ])
  func `the function learns who called`(
    path: String, headers: [(String, String)], role: String, isPrivileged: Bool
  ) async throws {
    try await withPlatform([shop]) { platform in
      let visitor = try await platform.get("/visit/\(path)", headers).data
      #expect(visitor?["user"]?.string == Keys.user)
      #expect(visitor?["role"]?.string == role)
      #expect(visitor?["isPrivileged"]?.bool == isPrivileged)
    }
  }
}
