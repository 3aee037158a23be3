import Testing

@testable import Deployment

@Suite struct `A working tree` {
  @Test func `with mistakes in its manifest makes no bundle file`() throws {
    let bench = try Workbench()
    try bench.addCart()
    try bench.write("manifests/cart.yaml", "bundle: cart\nsummery: Carts.\nversion: 1\nport: 3001\n")
    #expect(
      refusal(bench.tree, bench.output) == """
        cart.yaml:1:1: the bundle has no function; list at least one under endpoints, events, crons or webhooks
        cart.yaml:2:1: unknown key 'summery'; did you mean 'summary'?
        """)
  }

  @Test func `needs a library`() throws {
    let bench = try Workbench()
    try bench.addCart()
    #expect(
      refusal(PackageTree(root: bench.root, libraryDirectory: "/nowhere"), bench.output)
        == "/nowhere/libCartFunctions.so, the library of cart, is not there; build it with 'lakoo build cart'")
  }

  @Test func `needs the file of every event that the bundle emits`() throws {
    let bench = try Workbench()
    try bench.addCart()
    try Disk.remove("\(bench.root)/manifests/events/cart.cleared.yaml")
    #expect(
      refusal(bench.tree, bench.output)
        == "cart.yaml: event 'cart.cleared' has no file manifests/events/cart.cleared.yaml; write it")
    try Disk.remove("\(bench.root)/manifests/events")
    #expect(refusal(bench.tree, bench.output) == nil)
  }

  @Test func `needs migrations for a database, and their data within the bundle`() throws {
    let bench = try Workbench()
    try bench.addCart()
    try bench.write("functions/cart/Migrations/0002_colours.sql", "\\copy colour (name) from '../../a.csv' csv\n")
    #expect(
      refusal(bench.tree, bench.output)
        == "a migration of cart copies functions/a.csv; move that file below functions/cart/")
    try Disk.remove("\(bench.root)/functions")
    #expect(refusal(bench.tree, bench.output)?.hasPrefix("cart.yaml: the bundle has a database, but") == true)
  }

  @Test(arguments: ["nothing", "../cart", "host"]) func `has no bundle of that name`(name: String) throws {
    let bench = try Workbench()
    try bench.addCart()
    #expect(throws: PackagingError.self) { try bench.tree.write(name, into: bench.output) }
    #expect(bench.entries("out") == [])
  }

  private func refusal(_ tree: PackageTree, _ output: String) -> String? {
    do { _ = try tree.write("cart", into: output) } catch { return "\(error)" }
    return nil
  }
}
