import FaultTesting
import Foundation
import FunctionKit
import Testing

/// What a host in development takes over from its project when it is told to look again.
@Suite(.serialized) struct `A working tree that has changed` {
  @Test func `has a bundle leave the deployment that has left the tree, and come back with it`() throws {
    let copy = try ProjectCopy()
    let host = try RunningHost(root: copy.root, environment: ["LAKOO_WORKERS": "1"])
    defer { host.cleanUp() }
    try host.start()
    let manifest = try String(contentsOfFile: "\(copy.root)/manifests/address.yaml", encoding: .utf8)
    try FileManager.default.removeItem(atPath: "\(copy.root)/manifests/address.yaml")
    try reload(host)
    #expect(host.output.contains("address is not in the project any more and leaves the deployment"))
    #expect(try !bundles(of: host).contains("address"))
    #expect(throws: TestFailure.self) { try HTTP.get(host.port(.address), "/health") }
    #expect(try HTTP.get(host.port(.payment), "/health").status == 200)
    try copy.write("manifests/address.yaml") { _ in manifest }
    try reload(host)
    #expect(try bundles(of: host).contains("address"))
    #expect(try HTTP.get(host.port(.address), "/health").status == 200)
  }

  @Test func `may drop a column together with what uses it, which a deploy may not`() async throws {
    let copy = try ProjectCopy()
    let host = try RunningHost(root: copy.root, environment: ["LAKOO_WORKERS": "1"])
    defer { host.cleanUp() }
    try host.start()
    try copy.replace("eta_max_d as", with: "eta_min_d as", in: "functions/address/Domain/ShippingZone.swift")
    let number = try copy.addMigration(to: "address", "less", "alter table shipping_zone drop column eta_max_d;")
    let refused = try copy.run(host, ["deploy", copy.build("address")])
    #expect(refused.status == 1)
    #expect(refused.output.contains(" (live) functions/address/"), "\(refused.output)")
    try reload(host)
    let version: SQL = "select max(version)::int from lakoo.migration where bundle = 'address'"
    #expect(try await host.value(in: "address", version) == number)
    let back = try copy.run(host, ["rollback", "address"])
    #expect(back.status == 1)
    #expect(back.output.contains("column \"eta_max_d\" does not exist"), "\(back.output)")
  }

  private func bundles(of host: RunningHost) throws -> [String] {
    let reply = try HTTP.get(host.port(.admin), "/deployment", headers: HTTP.admin)
    return (reply.data["bundles"]?.array ?? []).compactMap { $0["bundle"]?.string }
  }

  private func reload(_ host: RunningHost) throws {
    let before = host.output.components(separatedBy: "reloaded").count
    host.signal(SIGHUP)
    try waitUntil("the host has looked again", seconds: 60) {
      if host.output.contains("nothing was reloaded") { throw TestFailure(host.output) }
      return host.output.components(separatedBy: "reloaded").count > before
    }
  }
}
