import EventLoop
import Foundation
import FunctionKit
import LocalPostgres
import LoopTesting
import Postgres
import Synchronization
import Testing

@Suite(.serialized) struct `Outages` {
  @Test func `a server that is not there is told in plain words, and fast`() async throws {
    try await withLoop { loop in
      let pool = PostgresPool(loop, connectionString: "host=/nowhere dbname=payment_db")
      var messages: [String] = []
      let start = ContinuousClock.now
      for _ in 0..<5 {
        do { _ = try await pool.read("select 1") } catch let error as DatabaseError {
          #expect(error.sqlState == "08001" && error.isUnavailable)
          messages.append(error.message)
        }
      }
      #expect(start.duration(to: .now) < .milliseconds(500))
      #expect(messages.count == 5)
      #expect(messages.first?.hasPrefix("can't reach database payment_db: ") == true)
      #expect(messages.first?.hasSuffix("; it is retried") == true)
      #expect(!pool.isReachable)
      await pool.close()
    }
  }

  @Test func `a server killed under load loses nothing it acknowledged, and service resumes by itself`() async throws {
    let directory = "/tmp/lakoo-outage-\(getpid())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try await withLoop { loop in
      let server = LocalPostgres(stateDirectory: directory)
      try await server.start(on: loop)
      let pool = PostgresPool(loop, connectionString: server.connectionString(database: "postgres"))
      try await surviveKill(of: server, pool)
      await pool.close()
      await server.stop()
    }
    try FileManager.default.removeItem(atPath: directory)
  }
}

private struct Tally {
  var acknowledged: Set<Int> = []
  var unknown: Set<Int> = []
  var other: [String] = []
  var refusals = 0
}

private func surviveKill(of server: LocalPostgres, _ pool: PostgresPool) async throws {
  try await pool.table("acked", "id int primary key")
  let tally = LoopLocal(pool.loop, Tally())
  let isOver = LoopLocal(pool.loop, false)
  let load = Task(executorPreference: pool.loop) {
    await withTaskGroup { group in
      for worker in 0..<12 { group.addTask { await work(worker, pool, tally, until: isOver) } }
      for _ in 0..<4 { group.addTask { await look(pool, tally, until: isOver) } }
    }
  }
  for _ in 0..<2 {
    try await pool.loop.sleep(for: .milliseconds(500))
    #expect(tally.value.acknowledged.count > 0)
    kill(server.processID, SIGKILL)
    try await eventually(pool.loop) { !pool.isReachable }
    let before = tally.value.acknowledged.count
    try await eventually(pool.loop) { server.isRunning }
    let back = ContinuousClock.now
    try await eventually(pool.loop) { tally.value.acknowledged.count > before + 20 }
    #expect(back.duration(to: .now) < .seconds(3))
  }
  isOver.value = true
  await load.value
  let kept = Set(try await pool.read("select id from acked").rows.map { try $0.decode(Int.self) })
  #expect(tally.value.acknowledged.subtracting(kept) == [])
  #expect(kept.subtracting(tally.value.acknowledged).subtracting(tally.value.unknown) == [])
  #expect(tally.value.other == [])
  #expect(tally.value.refusals > 0)
}

/// Inserts one row per transaction, and remembers what became of it.
private func work(_ worker: Int, _ pool: PostgresPool, _ tally: LoopLocal<Tally>, until isOver: LoopLocal<Bool>) async {
  var id = worker
  while !isOver.value {
    id += 100
    do {
      let transaction = try await pool.begin()
      _ = try await transaction.run("insert into acked values (\(id))")
      try await transaction.commit()
      tally.value.acknowledged.insert(id)
    } catch {
      await note(error, id, pool, tally)
    }
  }
}

private func look(_ pool: PostgresPool, _ tally: LoopLocal<Tally>, until isOver: LoopLocal<Bool>) async {
  while !isOver.value {
    do { _ = try await pool.read("select count(*) from acked where id < 500") } catch {
      await note(error, nil, pool, tally)
    }
  }
}

private func note(_ error: any Error, _ id: Int?, _ pool: PostgresPool, _ tally: LoopLocal<Tally>) async {
  guard let error = error as? DatabaseError, error.isUnavailable else { return tally.value.other.append("\(error)") }
  tally.value.refusals += 1
  if error.sqlState == "08007", let id { tally.value.unknown.insert(id) }
  do { try await pool.loop.sleep(for: .milliseconds(5)) } catch { tally.value.other.append("\(error)") }
}
