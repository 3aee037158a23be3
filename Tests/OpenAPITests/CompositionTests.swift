import FunctionKit
import Manifest
import OpenAPI
import Testing

@Suite struct `A composed answer's description` {
  private func document(for audience: Audience = .public) throws -> JSON {
    let bundles = [
      DescribedBundle(try manifest(shop, "shop"), registered: [.endpoint(GetThing.self), .endpoint(ListMakers.self)]),
      DescribedBundle(try manifest(maker, "maker"), registered: [.endpoint(GetMaker.self)]),
    ]
    return APIDescription(title: "test", version: "1", bundles, for: audience).document
  }

  private func manifest(_ yaml: String, _ name: String) throws -> BundleManifest {
    let parsed = parseBundle(yaml: yaml, file: "\(name).yaml")
    #expect(parsed.diagnostics == [])
    return try #require(parsed.manifest)
  }

  @Test func `is made of its parts' schemas`() throws {
    let operation = try document()["paths"]?["/things/{no}/full"]?["get"]
    #expect(operation?["operationId"] == "shop.ThingFull" && operation?["tags"] == ["shop"])
    let schema = operation?["responses"]?["200"]?["content"]?["application/json"]?["schema"]
    #expect(schema?["required"] == ["success", "data", "meta"])
    let data = schema?["properties"]?["data"]
    #expect(data?["required"] == ["thing", "maker", "list"])
    let thing = try document()["paths"]?["/things/{id}"]?["get"]?["responses"]?["200"]?["content"]?["application/json"]
    #expect(data?["properties"]?["thing"] == thing?["schema"]?["properties"]?["data"])
    #expect(data?["properties"]?["maker"]?["type"] == ["string", "null"])
    let meta = schema?["properties"]?["meta"]
    #expect(meta?["properties"]?["parts"]?["properties"]?["list"]?["properties"]?["nextCursor"] != nil)
    #expect(meta?["properties"]?["parts"]?["required"] == [])
    #expect(meta?["required"] == ["parts", "partial"])
    #expect(operation?["responses"]?["304"] != nil)
  }

  @Test func `takes the parameters that its parts are asked with`() throws {
    let parameters = try document()["paths"]?["/things/{no}/full"]?["get"]?["parameters"]?.array
    #expect(parameters?.map { $0["name"] } == ["no", "If-None-Match"])
    #expect(parameters?.first?["schema"] == ["type": "string", "format": "uuid"])
  }

  @Test func `says who may ask for it, and of what it is`() throws {
    let operation = try document()["paths"]?["/things/{no}/full"]?["get"]
    #expect(operation?["security"] == [["token": []]])
    let text = operation?["description"]?.string
    let told =
      "For the user that it belongs to. Put together from thing, as /things/:no of shop has it; "
      + "maker, as /makers/:thing.maker of maker has it, or null; list, as /makers?limit=2 of shop has it, or null. "
      + "Answers within 4 s."
    #expect(text == told)
    #expect(operation?["responses"]?["401"] != nil && operation?["responses"]?["504"] != nil)
  }

  @Test func `is at the gateway alone`() throws {
    #expect(try document(for: .service)["paths"]?["/things/{no}/full"] == nil)
  }
}

private struct GetThing: Endpoint {
  struct Input: Decodable { var id: ID }
  struct Output: Codable, Sendable {
    var id: ID
    var maker: ID?
  }
  func handle(_ input: Input, context: Context) async throws -> Output { Output(id: input.id) }
}

private struct ListMakers: Endpoint {
  struct Input: Decodable { var limit: Int? }
  func handle(_ input: Input, context: Context) async throws -> Page<String> { Page([], nextCursor: nil) }
}

private struct GetMaker: Endpoint {
  struct Input: Decodable { var id: ID }
  func handle(_ input: Input, context: Context) async throws -> String { "" }
}

private let shop = """
  bundle: shop
  summary: Sells.
  version: 1
  port: 3001
  endpoints:
    GetThing: { route: GET /things/:id, access: [owner, internal] }
    ListMakers: { route: GET /makers, access: public }
  compositions:
    ThingFull:
      route: GET /things/:no/full
      timeout: 4s
      parts:
        thing: { get: /things/:no }
        maker: { get: "/makers/:thing.maker", of: maker, optional: true }
        list: { get: "/makers?limit=2", optional: true }
  """

private let maker = """
  bundle: maker
  summary: Makes.
  version: 1
  port: 3002
  endpoints:
    GetMaker: { route: GET /makers/:id, access: public }
  """
