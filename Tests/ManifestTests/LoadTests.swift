import Foundation
import Manifest
import Testing

@Suite struct LoadTests {
  @Test func `a directory of manifests loads in order, without what is not a manifest`() throws {
    let set = try load([
      "b.yaml": bundle("b", 3002, "GET /b"), "a.yaml": bundle("a", 3001, "GET /a"), "notes.txt": "bundle: c",
      ".hidden.yaml": "x",
    ])
    #expect(set.diagnostics == [])
    #expect(set.bundles.map(\.name) == ["a", "b"])
    #expect(set.host == HostManifest())
  }

  @Test func `two bundles can't share a port or a database`() throws {
    let set = try load([
      "a.yaml": bundle("a", 3001, "GET /a", database: "one_db"),
      "b.yaml": bundle("b", 3001, "GET /b", database: "one_db"), "c.yaml": bundle("c", 9090, "GET /c"),
    ])
    #expect(
      said(set) == """
        b.yaml:4:7: port 3001 already belongs to bundle a; give bundle b another
        b.yaml:5:11: database 'one_db' already belongs to bundle a; each bundle has its own
        c.yaml:4:7: port 9090 already belongs to the admin port; give bundle c another
        """)
  }

  @Test func `a limit that a function names must be there`() throws {
    let limited = bundle("a", 3001, "GET /a").replacing("access:", with: "rateLimit: [login, serch, other], access:")
    let set = try load([
      "a.yaml": limited, "host.yaml": "rateLimits: { search: { by: user, requests: 5, per: 1s } }",
    ])
    #expect(
      said(set) == """
        a.yaml:7:3: rateLimit 'serch' of Work is not known; did you mean 'search'?
        a.yaml:7:3: rateLimit 'other' of Work is not known; add it under rateLimits in host.yaml
        """)
  }

  @Test func `routes of two bundles that match the same requests are refused`() throws {
    let set = try load([
      "a.yaml": bundle("a", 3001, "GET /carts/:id/lines/:line"),
      "b.yaml": bundle("b", 3002, "GET /carts/:cart/lines/:no"),
    ])
    #expect(
      said(set) == """
        b.yaml:7:3: route 'GET /carts/:cart/lines/:no' of Work matches the same requests as Work of bundle a; \
        change one of them
        """)
  }

  @Test func `a webhook's route counts like an endpoint's`() throws {
    let hook =
      bundle("b", 3002, "POST /hook").replacing("endpoints", with: "webhooks")
      .replacing("access: user", with: "verify: xendit") + "\nneeds: { secrets: [XENDIT_CALLBACK_TOKEN] }"
    let set = try load(["a.yaml": bundle("a", 3001, "POST /hook"), "b.yaml": hook])
    #expect(set.diagnostics.map(\.file) == ["b.yaml"])
    #expect(set.diagnostics.first?.message.hasPrefix("route 'POST /hook' of Work matches the same requests") == true)
  }

  @Test(arguments: [
    ("GET /a/b", "GET /a/:x"), ("GET /a", "POST /a"), ("GET /a/:x", "GET /a/:x/b"),
    ("GET /internal/:x", "GET /internal/:x"), ("GET /admin/list", "GET /admin/list"), ("GET /health", "GET /health"),
  ]) func `routes that can be told apart, or stay off the gateway, live together`(first: String, second: String) throws
  {
    let set = try load(["a.yaml": bundle("a", 3001, first), "b.yaml": bundle("b", 3002, second)])
    #expect(set.diagnostics == [])
  }

  @Test func `a word that only begins like a private path is public`() throws {
    let set = try load(["a.yaml": bundle("a", 3001, "GET /admins"), "b.yaml": bundle("b", 3002, "GET /admins")])
    #expect(set.diagnostics.count == 1)
  }

  @Test func `a bundle for development may repeat a public route`() throws {
    let sandbox = bundle("b", 3002, "GET /a") + "development: true\n"
    let set = try load(["a.yaml": bundle("a", 3001, "GET /a"), "b.yaml": sandbox])
    #expect(set.diagnostics == [])
  }

  @Test func `the host chooses the bundles, and only those are held against each other`() throws {
    let files = [
      "a.yaml": bundle("a", 3001, "GET /a"), "b.yaml": bundle("b", 3001, "GET /a"), "host.yaml": "bundles: [b]\n",
    ]
    let set = try load(files)
    #expect(set.diagnostics == [])
    #expect(set.bundles.map(\.name) == ["b"])
  }

  @Test func `the host can't name a bundle that has no file`() throws {
    let set = try load(["payment.yaml": bundle("payment", 3001, "GET /a"), "host.yaml": "bundles:\n  - paymant\n"])
    #expect(
      said(set) == "host.yaml:2:5: no manifest 'paymant.yaml' for the bundle 'paymant'; did you mean 'payment'?")
  }

  @Test func `a bundle can't need an upstream that the host's list lacks`() throws {
    let needy = bundle("a", 3001, "GET /a") + "needs: { outbound: [xendt] }\n"
    let set = try load(["a.yaml": needy, "host.yaml": "upstreams: { xendit: https://api.xendit.co }\n"])
    #expect(
      said(set) == """
        a.yaml:8:20: bundle a needs the upstream 'xendt', which host.yaml does not list; did you mean 'xendit'?
        """)
    #expect(try load(["a.yaml": needy]).diagnostics == [])
  }

  @Test func `a service that a bundle needs must be somewhere`() throws {
    let needy = bundle("a", 3001, "GET /a") + "needs: { services: [b, walet, mail] }\n"
    let files = [
      "a.yaml": needy, "b.yaml": bundle("b", 3002, "GET /b"), "wallet.yaml": bundle("wallet", 3003, "GET /w"),
    ]
    #expect(
      said(try load(files)) == """
        a.yaml:8:24: bundle a needs the service 'walet', which is not in this deployment; did you mean 'wallet'?
        a.yaml:8:31: bundle a needs the service 'mail', which is not in this deployment; set MAIL_SERVICE_URL where it \
        is elsewhere, or list it under planned in host.yaml
        """)
    #expect(try load(files) { ["walet", "mail"].contains($0) }.diagnostics == [])
    #expect(try load(files.merging(["host.yaml": "planned: [walet, mail]\n"]) { $1 }).diagnostics == [])
  }

  @Test func `a planned service that is there is no longer planned`() throws {
    let set = try load(["a.yaml": bundle("a", 3001, "GET /a"), "host.yaml": "planned: [b, a]\n"])
    #expect(said(set) == "host.yaml:1:14: 'a' is planned, but its manifest 'a.yaml' is here; take it out of the list")
  }

  @Test func `only a bundle for development may need one`() throws {
    let sandbox = bundle("b", 3002, "GET /b") + "development: true\nneeds: { services: [a] }\n"
    let set = try load(["a.yaml": bundle("a", 3001, "GET /a") + "needs: { services: [b] }\n", "b.yaml": sandbox])
    #expect(
      said(set) == "a.yaml:8:21: bundle a needs the service 'b', which is there in development only; take it out")
  }

  @Test func `mistakes of all files are told together, in order`() throws {
    let set = try load([
      "c.yaml": "bundle: c\n", "a.yaml": "- a\n", "b.yaml": bundle("b", 3001, "GET /b"), "host.yaml": "limits: 3\n",
    ])
    #expect(set.diagnostics.map(\.file) == ["a.yaml", "c.yaml", "c.yaml", "c.yaml", "c.yaml", "host.yaml"])
    #expect(set.bundles.map(\.name) == ["b"])
  }

  @Test func `a file that is not text is a mistake, and a directory that is not there an error`() throws {
    let directory = try write(["a.yaml": bundle("a", 3001, "GET /a")])
    defer { try? FileManager.default.removeItem(at: directory) }
    try Data([0xFF, 0xFE, 0xC0]).write(to: directory.appending(path: "b.yaml"))
    let set = try loadManifests(directory: directory.path)
    #expect(said(set) == "b.yaml:1:1: can't be read as UTF-8 text")
    let error = #expect(throws: ManifestDirectoryError.self) { try loadManifests(directory: "/nowhere/at/all") }
    #expect(error?.description.hasPrefix("can't read the manifests in /nowhere/at/all: ") == true)
  }

  private func bundle(_ name: String, _ port: Int, _ route: String, database: String? = nil) -> String {
    """
    bundle: \(name)
    summary: A bundle.
    version: 1
    port: \(port)
    database: \(database ?? name + "_db")
    endpoints:
      Work: { route: \(route), access: user }

    """
  }

  private func said(_ set: ManifestSet) -> String { set.diagnostics.map(\.description).joined(separator: "\n") }

  private func load(
    _ files: [String: String], isElsewhere: (String) -> Bool = { _ in false }
  ) throws -> ManifestSet {
    let directory = try write(files)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try loadManifests(directory: directory.path, isElsewhere: isElsewhere)
  }

  private func write(_ files: [String: String]) throws -> URL {
    let directory = FileManager.default.temporaryDirectory.appending(path: "manifests-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: directory.appending(path: name)) }
    return directory
  }
}
