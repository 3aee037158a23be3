internal import FunctionKit
internal import Postgres

extension SchemaSteps {
  /// A step that waits for a lock makes everybody behind it wait too, so it gives up before that is felt for long.
  static var patience: String { "set local lock_timeout = '10s'" }

  enum End { case commit, rollback }

  /// Runs the body in one transaction, of which nothing remains when it fails.
  /// - Parameters:
  ///   - label: what a failure to commit is told with.
  ///   - end: `rollback` for a rehearsal, which fails with all that a commit would.
  func transaction<Result: Sendable>(
    _ label: String, _ end: End = .commit, _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      try await connection.execute(script: "begin; \(SchemaSteps.patience)")
      let result = try await body()
      try await finish(end, label)
      return result
    } catch {
      await undo()
      throw error
    }
  }

  private func finish(_ end: End, _ label: String) async throws {
    do {
      switch end {
      case .commit: try await connection.execute(script: "commit")
      case .rollback: try await connection.execute(script: "set constraints all immediate; rollback")
      }
    } catch let error as ScriptError {
      throw MigrationError("\(label): \(error.error.message)")
    }
  }

  /// Leaves the session as it was. A session that is gone has undone everything by itself.
  private func undo() async {
    do { try await connection.execute(script: "rollback; reset all") } catch { connection.close() }
  }
}
