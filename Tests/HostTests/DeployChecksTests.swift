import FaultTesting
import Foundation
import FunctionKit
import Testing

/// Releases that a host refuses, while the live one goes on.
@Suite(.serialized) struct `A deploy` {
  @Test func `that takes a column from the live release is refused with every statement, and changes nothing`()
    async throws
  {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    let copy = try ProjectCopy()
    try copy.replace("eta_max_d as", with: "eta_min_d as", in: "functions/address/Domain/ShippingZone.swift")
    let number = try copy.addMigration(to: "address", "less", "alter table shipping_zone drop column eta_max_d;")
    let outcome = try deploy(copy.build("address"), to: host, copy)
    #expect(outcome.status == 1)
    let lines = outcome.output.split(separator: "\n")
    let places = ["ListZones.swift:", "Domain/ZoneQuote.swift:"]
    for place in places {
      #expect(
        lines.contains {
          $0.hasPrefix("release ") && $0.contains(" (live) functions/address/\(place)")
            && $0.hasSuffix(": column \"eta_max_d\" does not exist")
        }, "\(outcome.output)")
    }
    #expect(outcome.output.contains("until the release after next"), "\(outcome.output)")
    #expect(try HTTP.get(host.port(.address), "/zones").status == 200)
    let version: SQL = "select max(version)::int from lakoo.migration where bundle = 'address'"
    #expect(try await host.value(in: "address", version) == number - 1)
  }

  @Test func `whose own statements do not work is refused, and one that widens the schema is not`() async throws {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    let copy = try ProjectCopy()
    try copy.replace("eta_max_d as", with: "eta_most_d as", in: "functions/address/Domain/ShippingZone.swift")
    let refused = try deploy(copy.build("address"), to: host, copy)
    #expect(refused.status == 1)
    let own =
      "the new release's own statement functions/address/ListZones.swift:6: column \"eta_most_d\" does not exist"
    #expect(refused.output.contains(own), "\(refused.output)")
    let more = "alter table shipping_zone add eta_most_d smallint default 9;"
    let number = try copy.addMigration(to: "address", "more", more)
    let rehearsed = try deploy(copy.build("address"), to: host, copy, ["--dry-run"])
    #expect(rehearsed.status == 0, "\(rehearsed.output)")
    let version: SQL = "select max(version)::int from lakoo.migration where bundle = 'address'"
    #expect(try await host.value(in: "address", version) == number - 1)
    let deployed = try deploy(copy.build("address"), to: host, copy)
    #expect(deployed.status == 0, "\(deployed.output)")
    #expect(try await host.value(in: "address", version) == number)
    let back = try copy.run(host, ["rollback", "address"])
    #expect(back.status == 0, "\(back.output)")
    host.stop()
    try host.start()
    #expect(try HTTP.get(host.port(.address), "/provinces").status == 200)
  }

  @Test func `of a writer that promises less than a live reader relies on is refused`() throws {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    let copy = try ProjectCopy()
    try copy.write("manifests/events/payment.expired.yaml") {
      $0.replacingOccurrences(of: "amount, expiredAt]", with: "expiredAt]")
    }
    let outcome = try deploy(copy.build("payment"), to: host, copy)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("payment.expired: notification (release "), "\(outcome.output)")
    #expect(outcome.output.contains(", live) requires 'amount', which payment (release "), "\(outcome.output)")
    #expect(
      outcome.output.contains(
        ", new) does not promise; deploy a release of notification that does not rely on it first"),
      "\(outcome.output)")
  }

  private func deploy(
    _ file: String, to host: RunningHost, _ copy: borrowing ProjectCopy, _ options: [String] = []
  ) throws -> (status: Int32, output: String) {
    try copy.run(host, ["deploy", file] + options)
  }
}
