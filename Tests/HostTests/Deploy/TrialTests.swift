import FaultTesting
import Foundation
import FunctionKit
import Testing

/// A release that answers a part of the requests beside the live one.
@Suite(.serialized) struct `A release on trial` {
  /// The live release answers everybody, the one on trial nobody who has no key.
  private static let path = "/provinces"
  private static let original = "GET /provinces,                access: public"
  private static let changed = "GET /provinces, access: user"

  private func withTrial(
    of percent: Int, in copy: borrowing ProjectCopy, _ body: (RunningHost) throws -> Void
  ) throws {
    let host = try RunningHost(root: copy.root, environment: ["LAKOO_WORKERS": "1"])
    defer { host.cleanUp() }
    try host.start()
    try copy.replace(Self.original, with: Self.changed, in: "manifests/address.yaml")
    let outcome = try copy.run(host, ["deploy", copy.build("address"), "--percent", "\(percent)"])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("answers \(percent) of 100 requests"), "\(outcome.output)")
    try body(host)
  }

  private func refused(_ host: RunningHost, of requests: Int) throws -> Int {
    try (0..<requests).map { _ in try HTTP.get(host.port(.address), Self.path).status }.count { $0 == 401 }
  }

  @Test(arguments: [false, true]) func `gets its share, and all of it once it is promoted`(isDedicated: Bool) throws {
    let copy = try ProjectCopy()
    if isDedicated { try copy.giveOwnWorkers(to: "address", "{ workers: 1 }") }
    try withTrial(of: 20, in: copy) { host in
      #expect(try refused(host, of: 50) == 10)
      let again = try copy.run(host, ["deploy", copy.build("address")])
      #expect(again.status == 1)
      #expect(again.output.contains("on trial; promote or abort that first"), "\(again.output)")
      let promoted = try copy.run(host, ["promote", "address"])
      #expect(promoted.status == 0, "\(promoted.output)")
      #expect(try refused(host, of: 10) == 10)
      let back = try copy.run(host, ["rollback", "address"])
      #expect(back.status == 0, "\(back.output)")
      #expect(try refused(host, of: 10) == 0)
    }
  }

  @Test func `gets nothing any more once it is aborted, and is on trial still after a restart`() throws {
    let copy = try ProjectCopy()
    try withTrial(of: 50, in: copy) { host in
      host.kill9()
      // The tree has what it had: it brings nothing new.
      try copy.replace(Self.changed, with: Self.original, in: "manifests/address.yaml")
      try host.start()
      let status = try HTTP.get(host.port(.admin), "/deployment", headers: HTTP.admin).data
      let serving = status["workers"]?.array?.filter { $0["state"]?.string == "serving" }
      #expect(serving?.compactMap { $0["role"]?.string }.sorted() == ["candidate", "front"])
      let aborted = try copy.run(host, ["abort", "address"])
      #expect(aborted.status == 0, "\(aborted.output)")
      #expect(try refused(host, of: 10) == 0)
      let nothing = try copy.run(host, ["promote", "address"])
      #expect(nothing.status == 1)
      #expect(nothing.output.contains("address has no candidate"), "\(nothing.output)")
    }
  }
}
