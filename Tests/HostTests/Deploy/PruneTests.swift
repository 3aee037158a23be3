import FaultTesting
import Foundation
import FunctionKit
import Testing

@Suite(.serialized) struct `Old releases` {
  @Test func `go with a deploy, but for those that a host may still be asked for`() throws {
    let copy = try ProjectCopy()
    try copy.write("manifests/host.yaml") { $0 + "releases: { keep: 1 }\n" }
    let host = try RunningHost(root: copy.root, environment: ["LAKOO_WORKERS": "1"])
    defer { host.cleanUp() }
    try host.start()
    var releases = try self.releases(of: host)
    for number in 1...4 {
      try copy.replace("\nsummary: ", with: "\nsummary: \(number)", in: "manifests/address.yaml")
      let deployed = try copy.run(host, ["deploy", copy.build("address")])
      #expect(deployed.status == 0, "\(deployed.output)")
      releases.insert(try #require(self.releases(of: host).first), at: 0)
    }
    // Live, to roll back to, one more, and what the tree had when the host began.
    #expect(try self.releases(of: host) == [releases[0], releases[1], releases[2], releases[4]])
    #expect(host.output.contains("address: old releases are not kept any more: \(releases[3])"), "\(host.output)")
    let back = try copy.run(host, ["rollback", "address"])
    #expect(back.status == 0, "\(back.output)")
  }

  private func releases(of host: RunningHost) throws -> [String] {
    let reply = try HTTP.get(host.port(.admin), "/releases?bundle=address", headers: HTTP.admin)
    return (reply.data.array ?? []).compactMap { $0["release"]?.string }
  }
}
