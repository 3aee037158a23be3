import Foundation
import Manifest
import Testing

@testable import Deployment

@Suite struct `A run root` {
  @Test func `is laid out like a project, with the files of its releases under further names`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    try bench.store.add(file: file.path, at: noon)
    let root = "\(bench.root)/run/1"
    try RunRoot.assemble(["cart": file.release], from: bench.store, host: Array("planned: [x]\n".utf8), in: root)
    #expect(
      bench.entries("run/1").filter { $0.contains(".") } == [
        "functions/cart/Data/colours.csv", "functions/cart/Migrations/0001_lines.sql",
        "functions/cart/Migrations/0002_colours.sql", "lib/libCartFunctions.so", "manifests/cart.yaml",
        "manifests/events/cart.cleared.yaml", "manifests/host.yaml",
      ])
    #expect(try bench.bytes("run/1/manifests/host.yaml") == Array("planned: [x]\n".utf8))
    let links = try FileManager.default.attributesOfItem(atPath: "\(root)/lib/libCartFunctions.so")[.referenceCount]
    #expect(links as? Int == 2)
  }

  @Test func `is made anew where there was one`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    try bench.store.add(file: file.path, at: noon)
    try bench.write("run/1/manifests/old.yaml", "bundle: old\n")
    try RunRoot.assemble(["cart": file.release], from: bench.store, host: nil, in: "\(bench.root)/run/1")
    #expect(!bench.entries("run/1").contains("manifests/old.yaml"))
    #expect(!bench.entries("run/1").contains("manifests/host.yaml"))
    #expect(try BundleFile.read(bench.store.file(of: file.release)).sha256 == file.sha256)
  }

  @Test func `takes an event's file from whoever emits it, whatever the consumers have`() throws {
    let bench = try Workbench()
    try bench.addCart()
    let releases = try ["cart", "alpha", "omega"].reduce(into: [String: String]()) { releases, name in
      if name != "cart" {
        try bench.addReader(name, port: name == "alpha" ? 3002 : 3003)
        try bench.write("manifests/events/cart.cleared.yaml", "event: cart.cleared\n# of \(name)\n")
      }
      let file = try bench.tree.write(name, into: bench.output)
      releases[name] = try bench.store.add(file: file.path, at: noon).release.release
    }
    let root = "\(bench.root)/run/1"
    try RunRoot.assemble(releases, from: bench.store, host: nil, in: root)
    #expect(try text(bench, "cart.cleared").hasSuffix("# of the cart\n"))
    try RunRoot.assemble(releases.filter { $0.key != "cart" }, from: bench.store, host: nil, in: root)
    #expect(try text(bench, "cart.cleared").hasSuffix("# of alpha\n"))
  }

  @Test func `of a bundle with neither events nor a schema can be read like a project`() throws {
    let bench = try Workbench()
    try bench.addMenu()
    let file = try bench.tree.write("menu", into: bench.output)
    try bench.store.add(file: file.path, at: noon)
    try RunRoot.assemble(["menu": file.release], from: bench.store, host: nil, in: "\(bench.root)/run/1")
    #expect(!bench.entries("run/1").contains("manifests/events"))
    #expect(bench.entries("run/1").contains("functions/menu/Migrations"))
    let set = try loadManifests(directory: "\(bench.root)/run/1/manifests")
    #expect(set.bundles.map(\.name) == ["menu"])
    #expect(set.diagnostics == [])
  }

  @Test func `can't be of a release that is not kept`() throws {
    let bench = try Workbench()
    let error = #expect(throws: BundleFileError.self) {
      try RunRoot.assemble(["cart": "0123456789ab"], from: bench.store, host: nil, in: "\(bench.root)/run/1")
    }
    #expect(error?.code == .unreadable)
    #expect(bench.entries("run") == [])
  }

  private func text(_ bench: borrowing Workbench, _ event: String) throws -> String {
    String(decoding: try bench.bytes("run/1/manifests/events/\(event).yaml"), as: UTF8.self)
  }
}
