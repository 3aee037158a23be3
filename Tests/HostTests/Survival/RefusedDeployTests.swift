import FaultTesting
import Foundation
import FunctionKit
import Testing

/// Deploys that must not come to be; the live release answers on, and nothing of them is left.
@Suite(.serialized) struct `A deploy that can't be` {
  private func withHost(_ body: (RunningHost, borrowing ProjectCopy) async throws -> Void) async throws {
    let project = try ProjectCopy.ofCrashes()
    let workshop = try ProjectCopy.ofCrashes()
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    try host.start()
    try await body(host, workshop)
  }

  /// Each with what the operator is told.
  @Test func `is refused with its reason`() async throws {
    try await withHost { host, workshop in
      let file = try bytes(workshop.build("crash", summary: "Another release."))
      let stranger = ["authorization": "Bearer another-token-of-thirty-two-bytes-or-so"]
      try refuses(host, 401, "unauthenticated", "needs valid credentials") { try host.upload(file, headers: stranger) }
      try refuses(host, 401, "unauthenticated", "needs valid credentials") { try host.upload(file, headers: [:]) }
      try refuses(host, 422, "bundle_unreadable", "ends") { try host.upload(Array(file.prefix(file.count * 2 / 3))) }
      try refuses(host, 422, "bundle_unreadable", "after 700 of more") { try host.upload(Array(file.prefix(700))) }
      try refuses(host, 422, "bundle_unreadable", "SHA-256") { try host.upload(flipped(file)) }
      try refuses(host, 422, "bundle_mismatch", "0123456789ab") { try host.upload(ofAnotherKit(file)) }
      try refuses(host, 422, "bundle_mismatch", "versiom") { try host.upload(ofAnotherToolchain(file)) }
      try refuses(host, 404, "release_unknown", "0123456789ab") {
        try host.upload([], to: "/deploy?release=0123456789ab")
      }
      #expect(try host.releases().count == 2, "only what is live is kept")

      try workshop.replace("CountMoney:", with: "CountMoni:", in: "manifests/crash.yaml")
      let missing = "no function named 'CountMoni' in CrashFunctions; did you mean 'CountMoney'?"
      let mistaken = try workshop.build("crash")
      try refuses(host, 422, "check_failed", missing) { try host.upload(mistaken) }
    }
  }

  @Test func `leaves nothing of a migration that fails half-way`() async throws {
    try await withHost { host, workshop in
      try workshop.write("functions/crash/Migrations/0002_half.sql") { _ in
        "create table half (id int);\ninsert into nowhere values (1);"
      }
      let file = try workshop.build("crash")
      try refuses(host, 422, "migration_failed", "0002_half.sql") { try host.upload(file) }
      #expect(try await host.value(in: "crash", "select count(*)::int from pg_class where relname = 'half'") == 0)
      try workshop.write("functions/crash/Migrations/0002_half.sql") { _ in "create table half (id int);" }
      #expect(try host.upload(workshop.build("crash")).status == 200)
    }
  }

  @Test func `is refused while another one is under way, which comes to be`() async throws {
    try await withHost { host, workshop in
      let other = try bytes(workshop.build("hello", summary: "Another release."))
      try workshop.write("functions/crash/Migrations/0002_wait.sql") { _ in
        "do $$ begin while (select money from till) = 0 loop perform pg_sleep(0.02); end loop; end $$;"
      }
      let file = try bytes(workshop.build("crash"))
      let first = PendingReply { try host.upload(file) }
      let waiting: SQL = "select count(*)::int from pg_stat_activity where query like 'do %' and state = 'active'"
      try await waitUntil("the first deploy migrates") { try await host.value(in: "crash", waiting) == 1 }
      try refuses(host, 409, "deploy_in_progress", "under way") { try host.upload(other) }
      try await host.write(in: "crash", "update till set money = 1")
      let reply = try first.get()
      #expect(reply.status == 200, "\(reply.text)")
      let second = try host.upload(other)
      #expect(second.status == 200, "\(second.text)")
    }
  }

  @Test(.enabled(if: Mount.isPermitted, "no file system can be mounted here"))
  func `is refused with what it needs when the disk is full`() async throws {
    try await withHost { host, workshop in
      let file = try bytes(workshop.build("crash", summary: "Another release."))
      let folder = host.state + "/releases"
      do {
        let mount = try Mount(on: folder, kilobytes: 64)
        defer { mount.end() }
        let reply = try host.upload(file)
        #expect(reply.status == 507 && reply.code == "no_space", "\(reply.text)")
        #expect(reply.text.contains(folder), "\(reply.text)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        #expect(try HTTP.get(host.port(.crash), "/money").status == 200)
      }
      #expect(try host.upload(file).status == 200, "there is room again")
    }
  }

  private func refuses(
    _ host: RunningHost, _ status: Int, _ code: String, _ reason: String, _ deploy: () throws -> HTTP.Reply,
    at place: SourceLocation = #_sourceLocation
  ) throws {
    let before = try host.deployment()
    let reply = try deploy()
    #expect(reply.status == status && reply.code == code, "\(reply.text)", sourceLocation: place)
    #expect(reply.json["detail"]?.string?.contains(reason) != false, "\(reply.text)", sourceLocation: place)
    let after = try host.deployment()
    #expect(after.number == before.number && after.live == before.live, sourceLocation: place)
    #expect(after.serving == before.serving, sourceLocation: place)
    #expect(try HTTP.get(host.port(.crash), "/money").status == 200, sourceLocation: place)
  }

  private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

  private func flipped(_ file: [UInt8]) -> [UInt8] {
    var file = file
    file[file.count / 2] ^= 1
    return file
  }

  private func ofAnotherKit(_ file: [UInt8]) throws -> [UInt8] {
    let name = try #require(file.firstRange(of: Array(#""kit""#.utf8)))
    let value = try #require(file[name.upperBound...].firstIndex { (48...57).contains($0) || (97...102).contains($0) })
    return file[..<value] + Array("0123456789ab".utf8) + file[(value + 12)...]
  }

  private func ofAnotherToolchain(_ file: [UInt8]) throws -> [UInt8] {
    let name = try #require(file.firstRange(of: Array(#""toolchain""#.utf8)))
    let word = try #require(file[name.upperBound...].firstRange(of: Array("version".utf8)))
    return file[..<word.lowerBound] + Array("versiom".utf8) + file[word.upperBound...]
  }
}
