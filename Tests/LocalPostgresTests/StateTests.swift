import EventLoop
import Foundation
import Glibc
import Testing

@testable import LocalPostgres

@Suite(.serialized) struct `The state directory` {
  @Test func `is refused to a second host`() async throws {
    try await withState { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      try await withServer(postgres, loop) {
        let second = LocalPostgres(stateDirectory: state)
        let error = await #expect(throws: LocalPostgresError.self) { try await second.start(on: loop) }
        #expect(error?.code == .locked)
        #expect(error?.message.contains("process \(getpid())") == true)
        #expect(error?.message.contains("LAKOO_STATE") == true)
        #expect(postgres.isRunning)
      }
    }
  }

  @Test func `with a server of a killed host is taken over`() async throws {
    try await withState { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      try await withServer(postgres, loop) {}
      let orphan = try await startOrphan(state, loop)
      try await withServer(postgres, loop) {
        #expect(postgres.processID != orphan)
        #expect(!isAlive(orphan))
        try await expect(postgres, "select 1", is: "1", loop)
      }
    }
  }

  /// The server as a killed host leaves it: alive, with nobody's lock on the directory.
  private func startOrphan(_ state: String, _ loop: EventLoop) async throws -> Int32 {
    let layout = try Layout(stateDirectory: state, account: .ofServer())
    let postmaster = try Postmaster(layout, .find(for: layout.cluster), on: loop)
    try await postmaster.waitUntilReady()
    return postmaster.processID
  }

  @Test func `with a dead server's number on another process is usable`() async throws {
    try await withState { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      try await withServer(postgres, loop) {}
      let account = try Account.ofServer()
      var options = ChildProcess.Options(executable: "/bin/sleep", arguments: ["60"])
      if account.isOther { options.user = (account.id, account.group) }
      let stranger = try ChildProcess(loop, options) { _, _ in }
      let file = "\(stranger.processID)\n\(state)/postgres\n1\n5432\n\(state)/postgres\n\n  1  1\nready   \n"
      try file.write(toFile: state + "/postgres/postmaster.pid", atomically: false, encoding: .utf8)
      try await withServer(postgres, loop) { #expect(isAlive(stranger.processID)) }
      stranger.kill(SIGKILL)
      // A child that nobody has waited for hides the ends of others from who waits for any.
      while stranger.isRunning { try await loop.sleep(for: .milliseconds(2)) }
    }
  }

  @Test func `with a half-made cluster is cleaned`() async throws {
    try await withState { loop, state in
      let half = state + "/postgres.new-123"
      try FileManager.default.createDirectory(atPath: half + "/base", withIntermediateDirectories: true)
      try "15\n".write(toFile: half + "/PG_VERSION", atomically: false, encoding: .utf8)
      let postgres = LocalPostgres(stateDirectory: state)
      try await withServer(postgres, loop) {}
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: state).sorted() == ["lock", "postgres", "postgres.log"])
    }
  }

  @Test func `with something else in the cluster's place is refused`() async throws {
    try await withState { loop, state in
      try FileManager.default.createDirectory(atPath: state + "/postgres", withIntermediateDirectories: true)
      let postgres = LocalPostgres(stateDirectory: state)
      let error = await #expect(throws: LocalPostgresError.self) { try await postgres.start(on: loop) }
      #expect(error?.code == .directory)
      #expect(error?.message.contains("remove it") == true)
    }
  }

  @Test func `with a path too long for a socket has its socket elsewhere`() async throws {
    try await withState(name: String(repeating: "deep and, 'long'/", count: 8) + "state") { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      try await withServer(postgres, loop) {
        #expect(postgres.socketDirectory.hasPrefix("/tmp/lakoo-"))
        #expect(FileStatus(postgres.socketDirectory)?.mode == S_IFDIR | 0o700)
        try await expect(postgres, "select 1", is: "1", loop)
      }
      try FileManager.default.removeItem(atPath: postgres.socketDirectory)
    }
  }

  @Test func `with blanks and quotes in its name works`() async throws {
    try await withState(name: "it's, \"a\" state") { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      try await withServer(postgres, loop) {
        try await expect(postgres, "select 1", is: "1", loop)
      }
      try FileManager.default.removeItem(atPath: postgres.socketDirectory)
    }
  }

  @Test(.enabled(if: geteuid() == 0))
  func `closed to the server's user has its cluster elsewhere`() async throws {
    try await withState(mode: 0o700) { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      for _ in 1...2 {
        try await withServer(postgres, loop) {
          #expect(postgres.socketDirectory.hasPrefix("/var/lib/lakoo/"))
          try await expect(postgres, "select 1", is: "1", loop)
        }
      }
    }
  }

  @Test(.enabled(if: geteuid() == 0))
  func `a socket directory of somebody else is refused`() throws {
    let path = "/tmp/lakoo-test-\(getpid())-theirs"
    mkdir(path, 0o777)
    chown(path, 65_534, 65_534)
    defer { rmdir(path) }
    let error = #expect(throws: LocalPostgresError.self) { try PrivateDirectory.make(path, for: .ofServer()) }
    #expect(error?.message.contains("belongs to user 65534") == true)
  }

  @Test func `a machine without PostgreSQL says what to install`() {
    let error = #expect(throws: LocalPostgresError.self) { try Installation.find(for: "/none", in: "/no/such/place") }
    #expect(error?.code == .notInstalled)
    #expect(error?.message.contains("apt-get install postgresql") == true)
  }
}
