import Crypto
import FaultTesting
import Foundation
import FunctionKit
import Testing

/// A release that was built with another kit than the host has.
@Suite(.serialized) struct `A release of another kit` {
  @Test func `is kept for a host that it fits, and refused wherever it would become live`() throws {
    let host = try RunningHost(environment: ["LAKOO_WORKERS": "1"])
    defer { host.cleanUp() }
    try host.start()
    let copy = try ProjectCopy()
    let file = try build("address", withOtherKitIn: copy)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    let sha256 = hexString(Crypto.sha256(bytes))
    let release = String(sha256.prefix(12))
    let kept = try send(bytes, to: host)
    #expect(kept.status == 200)
    #expect(kept.data["release"]?.string == release && kept.data["isNew"] == .bool(true))
    #expect(kept.data["mismatch"]?.string?.hasPrefix("address was built with kit ") == true, "\(kept.text)")
    let live = "{\"format\":1,\"bundles\":{\"address\":{\"release\":\"\(release)\",\"sha256\":\"\(sha256)\"}}}"
    try copy.write("live.json") { _ in live }
    for command in [
      ["deploy", file], ["deploy", "--release", release], ["deploy", "--release", release, "--percent", "5"],
      ["rollback", "address", "--to-release", release], ["deployment", "apply", "\(copy.root)/live.json"],
    ] {
      let (status, output) = try copy.run(host, command)
      #expect(status == 1)
      #expect(output.hasPrefix("address was built with kit "), "\(command): \(output)")
    }
    let releases = try copy.run(host, ["releases", "address"]).output
    #expect(releases.split(separator: "\n").contains { $0.contains(release) && $0.contains("stored") }, "\(releases)")
    let own = try send([UInt8](Data(contentsOf: URL(fileURLWithPath: copy.build("address")))), to: host)
    #expect(own.data["mismatch"] == .null && own.data["isNew"] == .bool(false), "\(own.text)")
  }

  private func send(_ bytes: [UInt8], to host: RunningHost) throws -> HTTP.Reply {
    let head = """
      POST /releases HTTP/1.1\r
      host: localhost\r
      connection: close\r
      authorization: \(HTTP.admin["authorization"] ?? "")\r
      content-type: application/octet-stream\r
      content-length: \(bytes.count)\r
      \r

      """
    return try HTTP.parse(HTTP.raw(host.port(.admin), Array(head.utf8) + bytes))
  }

  private func build(_ bundle: String, withOtherKitIn copy: borrowing ProjectCopy) throws -> String {
    let (folder, files) = ("\(copy.root)/.build/release", FileManager.default)
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for library in ["libFunctionKit.so", "lib\(bundle.capitalized)Functions.so"] {
      try files.copyItem(atPath: "\(RunningHost.buildDirectory)/\(library)", toPath: "\(folder)/\(library)")
    }
    let kit = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/libFunctionKit.so"))
    try kit.seekToEnd()
    try kit.write(contentsOf: Data([0]))
    try kit.close()
    let (status, output) = try copy.lakoo(["build", bundle, "--skip-build", "-o", "\(copy.root)/other"])
    guard status == 0 else { throw TestFailure(output) }
    return String(output.prefix { $0 != " " })
  }
}
