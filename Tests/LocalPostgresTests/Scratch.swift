import EventLoop
import Foundation
import Glibc
import LoopTesting
import Testing

@testable import LocalPostgres

/// A state directory of its own for every test, removed with all that it led to.
func withState(
  name: String = "state", mode: mode_t = 0o755, _ body: @escaping @Sendable (EventLoop, String) async throws -> Void
) async throws {
  let root = "/tmp/lakoo-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
  let state = "\(root)/\(name)"
  try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
  chmod(root, mode)
  defer {
    if let far = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(state)/postgres") { remove(far) }
    remove(root)
  }
  try await withLoop { loop in try await body(loop, state) }
}

private func remove(_ path: String) {
  do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
}

/// Runs the body with a started server, which is stopped whatever happens.
func withServer(_ postgres: LocalPostgres, _ loop: EventLoop, _ body: () async throws -> Void) async throws {
  try await postgres.start(on: loop)
  do { try await body() } catch {
    await postgres.stop()
    throw error
  }
  await postgres.stop()
}

/// The first column of the answer, as psql prints it.
func ask(_ postgres: LocalPostgres, _ sql: String, _ loop: EventLoop) async throws -> String {
  let arguments = ["--no-psqlrc", "-At", "-d", postgres.connectionString(database: "postgres"), "-c", sql]
  let (_, output) = try await ChildProcess.run(.init(executable: "/usr/bin/psql", arguments: arguments), on: loop)
  return output.trimmingCharacters(in: .whitespacesAndNewlines)
}

func expect(_ postgres: LocalPostgres, _ sql: String, is expected: String, _ loop: EventLoop) async throws {
  let answer = try await ask(postgres, sql, loop)
  #expect(answer == expected)
}

func isAlive(_ processID: Int32) -> Bool { kill(processID, 0) == 0 }

/// Waits until the condition holds, at most ten seconds.
func eventually(_ loop: EventLoop, _ condition: () -> Bool) async throws {
  for _ in 0..<1000 where !condition() { try await loop.sleep(for: .milliseconds(10)) }
  #expect(condition())
}
