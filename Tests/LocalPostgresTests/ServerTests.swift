import EventLoop
import Foundation
import Glibc
import Synchronization
import Testing

@testable import LocalPostgres

@Suite(.serialized) struct `A local server` {
  @Test func `starts from nothing, answers, and stops`() async throws {
    try await withState { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      #expect(!postgres.isRunning)
      try await withServer(postgres, loop) {
        #expect(postgres.isRunning)
        #expect(postgres.socketDirectory == state + "/postgres")
        let settings = "current_setting('data_checksums'), current_setting('fsync'), current_setting('server_encoding')"
        try await expect(postgres, "select \(settings), inet_client_addr() is null", is: "on|on|UTF8|t", loop)
        try await expect(postgres, "select datcollate from pg_database where datname = 'postgres'", is: "C.UTF-8", loop)
      }
      #expect(!postgres.isRunning && postgres.processID == 0)
      #expect(!FileManager.default.fileExists(atPath: state + "/postgres/postmaster.pid"))
    }
  }

  @Test func `keeps its data over a restart`() async throws {
    try await withState { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      try await withServer(postgres, loop) { _ = try await ask(postgres, "create table kept (n int)", loop) }
      try await withServer(postgres, loop) { try await expect(postgres, "select count(*) from kept", is: "0", loop) }
    }
  }

  @Test func `comes back by itself when somebody kills it`() async throws {
    try await withState { loop, state in
      let told = Mutex<[String]>([])
      let postgres = LocalPostgres(stateDirectory: state) { message in told.withLock { $0.append(message) } }
      try await withServer(postgres, loop) {
        for round in 1...2 {
          let first = postgres.processID
          kill(first, SIGKILL)
          try await eventually(loop) { postgres.isRunning && postgres.processID != first }
          try await expect(postgres, "select 1", is: "1", loop)
          #expect(told.withLock { $0.count } >= round)
        }
        #expect(told.withLock { $0.first }?.contains("ended by signal 9") == true)
      }
    }
  }

  @Test func `stops while it is coming back`() async throws {
    try await withState { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      try await postgres.start(on: loop)
      let first = postgres.processID
      kill(first, SIGKILL)
      try await eventually(loop) { !postgres.isRunning }
      await postgres.stop()
      #expect(!postgres.isRunning && postgres.processID == 0)
      try await withServer(postgres, loop) { try await expect(postgres, "select 1", is: "1", loop) }
    }
  }

  @Test func `a server that can't start says why`() async throws {
    try await withState { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      try await withServer(postgres, loop) {}
      try FileManager.default.removeItem(atPath: state + "/postgres/global/pg_control")
      let error = await #expect(throws: LocalPostgresError.self) { try await postgres.start(on: loop) }
      #expect(error?.code == .startFailed)
      #expect(error?.message.contains("could not find the database system") == true)
      #expect(!postgres.isRunning)
    }
  }

  @Test func `a cancelled start leaves nothing running`() async throws {
    try await withState { loop, state in
      let postgres = LocalPostgres(stateDirectory: state)
      let start = Task(executorPreference: loop) { try await postgres.start(on: loop) }
      try await loop.sleep(for: .milliseconds(50))
      start.cancel()
      await #expect(throws: CancellationError.self) { try await start.value }
      #expect(!postgres.isRunning && postgres.processID == 0)
      try await withServer(postgres, loop) {}
    }
  }
}
