import Foundation
import FunctionKit
import FunctionTesting
import Testing

/// What a shop asks the wallet service, declared from its specification.
extension Services {
  fileprivate struct Hold: Codable { var id: String }
  private struct NewHold: Encodable { var amount: Int }

  fileprivate func hold(_ amount: Int, for user: ID, key: String) async throws -> Hold {
    try await call(
      "wallet", .post, "/internal/holds/\(user)", query: ["purpose": "a b"], body: NewHold(amount: amount), key: key)
  }
}

private struct Buy: Endpoint {
  struct Input: Decodable { var amount: Int }

  func handle(_ input: Input, context: Context) async throws -> String {
    do {
      return try await context.services.hold(input.amount, for: context.requireUser(), key: "buy:1").id
    } catch let error as ServiceError where error.isRefusal {
      throw Problem(422, error.code, error.detail)
    }
  }
}

private enum Shop: FunctionBundle {
  static let functions: [Registered] = [.endpoint(Buy.self)]
}

@Suite struct `A service that a test plays` {
  private static let manifest = """
    bundle: shop
    summary: A shop.
    version: 1
    port: 3001
    database: shop_db
    needs: { services: [wallet] }
    endpoints:
      Buy: { route: POST /buy, access: user, transaction: none }
    """

  private func withShop(_ body: @escaping @Sendable (BundleUnderTest) async throws -> Void) async throws {
    let root = "/tmp/lakoo-play-\(UUID())"
    let files = FileManager.default
    defer { try? files.removeItem(atPath: root) }
    try files.createDirectory(atPath: "\(root)/functions/shop/Migrations", withIntermediateDirectories: true)
    try files.createDirectory(atPath: "\(root)/manifests", withIntermediateDirectories: true)
    try Data(Self.manifest.utf8).write(to: URL(fileURLWithPath: "\(root)/manifests/shop.yaml"))
    try await withBundle("shop", Shop.self, root: root, body)
  }

  @Test func `sees the call and answers it`() async throws {
    try await withShop { shop async throws in
      let user = shop.newID()
      shop.on(service: "wallet") { call in
        #expect(call.method == "POST")
        #expect(call.path == "/internal/holds/\(user)")
        #expect(call.query.map { "\($0)=\($1)" } == ["purpose=a b"])
        #expect(call.body["amount"]?.int == 5)
        #expect(call.key == "buy:1")
        return Services.Hold(id: "h1")
      }
      let reply = try await shop.call("Buy", body: ["amount": 5], caller: .user(user))
      #expect(reply.data.string == "h1")
    }
  }

  @Test func `refuses, fails, and is not there at all`() async throws {
    try await withShop { shop async throws in
      let user = shop.newID()
      func buy() async throws -> String {
        let reply = try await shop.call("Buy", body: ["amount": 5], caller: .user(user))
        return "\(reply.status) \(reply.code ?? "")"
      }
      #expect(try await buy() == "503 service_unavailable")
      shop.on(service: "wallet") { _ -> Nothing in throw Problem(409, "insufficient_funds", "Too little.") }
      #expect(try await buy() == "422 insufficient_funds")
      shop.on(service: "wallet") { _ -> Nothing in throw Problem(500, "internal_error", "Oh.") }
      #expect(try await buy() == "503 service_unavailable")
    }
  }
}
