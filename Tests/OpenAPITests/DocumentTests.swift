import FunctionKit
import Manifest
import OpenAPI
import Testing

private struct Change: Endpoint {
  struct Input: Decodable {
    var id: ID
    var name: String
    var note: String?
  }
  struct View: Codable, Sendable { var id: ID }
  func handle(_ input: Input, context: Context) async throws -> Reply<View> { Reply(View(id: input.id)) }
}

private struct Find: Endpoint {
  struct Input: Decodable {
    var key: String
    var q: String
    var limit: Int?
  }
  func handle(_ input: Input, context: Context) async throws -> Page<Change.View> { Page([], nextCursor: nil) }
}

private struct Erase: Endpoint {
  struct Input: Decodable { var id: ID }
  func handle(_ input: Input, context: Context) async throws -> NoContent { NoContent() }
}

private struct Told: Webhook {
  struct Input: Delivery { var id: String }
  func handle(_ input: Input, context: Context) async throws {}
}

private let yaml = """
  bundle: shop
  summary: Sells.
  version: 1
  port: 3001
  database: shop_db
  needs: { secrets: [SHOP_SECRET] }
  endpoints:
    Change: { route: PUT /things/:id, access: owner, idempotency: required, ifMatch: required }
    Find: { route: GET /things/:key, access: [{ role: [seller] }, internal] }
    Erase: { route: DELETE /admin/things/:id, access: { role: [admin] } }
    Hidden: { route: POST /internal/things, access: internal }
  webhooks:
    Told: { route: POST /webhooks/told, verify: { scheme: hmac-sha256, header: x-signature, secret: SHOP_SECRET } }
  """

private struct Hidden: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing { input }
}

private func document(for audience: Audience) throws -> JSON {
  let manifest = try #require(parseBundle(yaml: yaml, file: "shop.yaml").manifest)
  let bundle = DescribedBundle(
    manifest,
    registered: [
      .endpoint(Change.self), .endpoint(Find.self), .endpoint(Erase.self), .endpoint(Hidden.self),
      .webhook(Told.self),
    ])
  return APIDescription(title: "shop-service", version: "1", [bundle], for: audience).document
}

private func names(_ parameters: JSON?) -> [String] {
  parameters?.array?.map { "\($0["in"]?.string ?? "") \($0["name"]?.string ?? "") \($0["required"]?.bool ?? false)" }
    ?? []
}

@Suite struct `The document of a service` {
  @Test func `has the fields of an input where a request carries them`() throws {
    let things = try #require(document(for: .service)["paths"]?["/things/{id}"])
    #expect(
      names(things["put"]?["parameters"]) == ["path id true", "header Idempotency-Key true", "header If-Match true"])
    let body = things["put"]?["requestBody"]?["content"]?["application/json"]?["schema"]
    #expect(body?["required"] == ["name"])
    #expect(body?["properties"]?["note"]?["type"] == ["string", "null"])
    #expect(body?["properties"]?["id"] == nil)
  }

  @Test func `names a parameter as the first route of its path does`() throws {
    let paths = try #require(document(for: .service)["paths"])
    #expect(paths["/things/{key}"] == nil)
    let parameters = paths["/things/{id}"]?["get"]?["parameters"]
    #expect(names(parameters) == ["path id true", "query q true", "query limit false"])
  }

  @Test func `says who may call, any one of them`() throws {
    let paths = try #require(document(for: .service)["paths"])
    let owner: JSON = [["gatewayKey": .array([]), "userId": .array([])]]
    #expect(paths["/things/{id}"]?["put"]?["security"] == owner)
    let either: JSON = [
      ["gatewayKey": .array([]), "userId": .array([]), "userRole": .array([])], ["internalKey": .array([])],
    ]
    #expect(paths["/things/{id}"]?["get"]?["security"] == either)
    #expect(paths["/webhooks/told"]?["post"]?["security"] == [["shop.Told": .array([])]])
  }

  @Test func `lists the refusals that a route can make`() throws {
    let paths = try #require(document(for: .service)["paths"])
    #expect(
      statuses(paths["/things/{id}"]?["put"])
        == ["2XX", "400", "401", "404", "409", "412", "413", "415", "422", "428", "500", "503", "504", "default"])
    #expect(
      statuses(paths["/things/{id}"]?["get"])
        == ["200", "400", "401", "403", "404", "422", "500", "503", "504", "default"])
    #expect(
      statuses(paths["/admin/things/{id}"]?["delete"])
        == ["204", "400", "401", "403", "404", "409", "412", "422", "500", "503", "504", "default"])
    #expect(
      statuses(paths["/webhooks/told"]?["post"]) == ["200", "400", "401", "413", "422", "500", "503", "default"])
  }

  private func statuses(_ operation: JSON?) -> [String] {
    operation?["responses"]?.object?.members.map(\.name) ?? []
  }
}

@Suite struct `The document of the gateway` {
  @Test func `has what the public reaches, where it is reached`() throws {
    let paths = try document(for: .public)["paths"]?.object?.members.map(\.name)
    #expect(paths == ["/things/{id}", "/shop/admin/things/{id}", "/webhooks/told", "/health"])
  }

  @Test func `asks for a token, and for no key of its own`() throws {
    let found = try document(for: .public)
    #expect(found["paths"]?["/things/{id}"]?["get"]?["security"] == [["token": .array([])]])
    let schemes = found["components"]?["securitySchemes"]?.object?.members.map(\.name)
    #expect(schemes == ["token", "shop.Told"])
    #expect(found["paths"]?["/things/{id}"]?["get"]?["responses"]?["429"] != nil)
  }
}
