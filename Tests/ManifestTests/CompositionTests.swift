import Foundation
import Manifest
import Testing

@Suite struct `A composition` {
  @Test func `says what it is put together from`() throws {
    let composition = try #require(try parsed(full).compositions.first)
    #expect(composition.name == "OrderFull" && composition.route.description == "GET /orders/:id/full")
    #expect(composition.timeout == .seconds(3) && composition.sizeLimit == 65_536)
    #expect(composition.parts.map(\.name) == ["order", "seller", "shipments"])
    #expect(composition.parts.map(\.bundle) == ["order", "seller", "logistic"])
    #expect(composition.parts.map(\.isOptional) == [false, false, true])
    #expect(composition.parts.map(\.timeout) == [nil, nil, .milliseconds(800)])
    #expect(composition.parts.map(\.needs) == [[], ["order"], ["order"]])
    #expect(composition.parts[1].path.segments == [.text("sellers"), .field(part: "order", path: ["seller", "id"])])
    let query = composition.parts[2].path.query
    #expect(query.map(\.name) == ["orderId", "buyer", "limit"])
    #expect(query.map(\.value) == [.parameter("id"), .field(part: "order", path: ["userId"]), .text("5")])
  }

  @Test func `has ten seconds and a mebibyte when nothing is said`() throws {
    let short =
      head + "compositions: { OrderFull: { route: GET /orders/:id/full, parts: { o: { get: /orders/:id } } } }\n"
    let composition = try #require(try parsed(short).compositions.first)
    #expect(composition.timeout == .seconds(10) && composition.sizeLimit == 1_048_576)
  }

  @Test func `is sound in a deployment that has what it asks for`() throws {
    #expect(try said(["order": full, "seller": seller, "logistic": logistic]).isEmpty)
  }

  @Test func `asks only bundles that are there, or planned`() throws {
    #expect(
      try said(["order": full.replacing("of: seller", with: "of: sellr"), "seller": seller]) == [
        "order.yaml:11:22: part seller of composition OrderFull asks the bundle 'sellr', which is not in this deployment; "
          + "did you mean 'seller'?",
        "order.yaml:12:25: part shipments of composition OrderFull asks the bundle 'logistic', which is not in this "
          + "deployment; list it under planned in host.yaml until it is there",
      ])
    #expect(try said(["order": full, "seller": seller, "host": "planned: [logistic]"]).isEmpty)
  }

  @Test func `asks only for routes that its caller could ask for`() throws {
    func mistakes(_ seller: String) throws -> [String] {
      try said(["order": full, "seller": seller, "logistic": logistic])
    }
    let place = "order.yaml:11:22: part seller of composition OrderFull asks"
    #expect(
      try mistakes(seller.replacing("/sellers", with: "/seller")) == [
        "\(place) for '/sellers/:order.seller.id', which is no route of seller; did you mean '/seller/:sellerId'?"
      ])
    #expect(
      try mistakes(seller.replacing("GET", with: "DELETE")) == [
        "\(place) for '/sellers/:order.seller.id', which seller has for DELETE only; a composition only reads"
      ])
    #expect(
      try mistakes(seller.replacing("access: public", with: "access: internal")) == [
        "\(place) for 'GET /sellers/:sellerId' of seller, which is not at the gateway; a part is what the caller may ask "
          + "for as well"
      ])
    #expect(
      try mistakes(seller + "development: true\n") == [
        "\(place) the bundle 'seller', which is for development and never on the gateway; take it out"
      ])
  }

  @Test func `has a route of its own`() throws {
    let other = seller.replacing("GET /sellers/:sellerId", with: "GET /orders/:no/full")
    let mistakes = try said(["order": full.replacing("of: seller", with: "of: shop"), "seller": other, "host": planned])
    #expect(
      mistakes == [
        "seller.yaml:7:3: route 'GET /orders/:no/full' of GetSeller matches the same requests as OrderFull of bundle "
          + "order; change one of them"
      ])
  }

  private func parsed(_ yaml: String) throws -> BundleManifest {
    let parsed = parseBundle(yaml: yaml, file: "order.yaml")
    #expect(parsed.diagnostics == [])
    return try #require(parsed.manifest)
  }

  private func said(_ files: [String: String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "compositions-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: "\(name).yaml")) }
    return try loadManifests(directory: folder.path).diagnostics.map(\.description)
  }
}

private let planned = "planned: [shop, logistic]"

private let head = """
  bundle: order
  summary: Orders.
  version: 1
  port: 3005
  endpoints:
    GetOrder: { route: GET /orders/:orderId, access: owner }

  """

private let full =
  head + """
    compositions:
      OrderFull: { route: GET /orders/:id/full, timeout: 3s, size: 64KiB, parts: {
          order: { get: /orders/:id },

          seller: { get: "/sellers/:order.seller.id", of: seller },
          shipments: { get: "/shipments?orderId=:id&buyer=:order.userId&limit=5", of: logistic, optional: true,
            timeout: 800ms } } }

    """

private let seller = """
  bundle: seller
  summary: Sellers.
  version: 1
  port: 3006
  endpoints:

    GetSeller: { route: GET /sellers/:sellerId, access: public }

  """

private let logistic = """
  bundle: logistic
  summary: Parcels.
  version: 1
  port: 3009
  endpoints:
    ListShipments: { route: GET /shipments, access: user }

  """
