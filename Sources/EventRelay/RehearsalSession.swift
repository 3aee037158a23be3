internal import EventLoop
internal import FunctionKit
internal import Runtime

/// A transaction that is never committed, and remembers what was done in it.
final class RehearsalSession: DatabaseSession {
  let isOpen = true
  private let session: TransactionSession
  private let state: LoopLocal<State>

  private struct State {
    var statements: [Rehearsal.Statement] = []
    var emits: [Rehearsal.Emit] = []
  }

  init(_ session: TransactionSession, _ services: HostServices) {
    self.session = session
    state = LoopLocal(services.loop, State())
  }

  var statements: [Rehearsal.Statement] { state.value.statements }
  var emits: [Rehearsal.Emit] { state.value.emits }

  func run(_ statement: SQL) async throws -> QueryResult {
    let result = try await session.run(statement)
    let text = statement.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !text.lowercased().hasPrefix("select ") {
      state.value.statements.append(Rehearsal.Statement(sql: text, rows: result.affected))
    }
    return result
  }

  func emit(_ event: EmittedEvent) async throws {
    try await session.emit(event)
    state.value.emits.append(
      Rehearsal.Emit(type: event.type, subject: event.subject, data: String(decoding: event.data, as: UTF8.self)))
  }

  func commit() async throws {}
  func rollback() async {}

  func end() async { await session.rollback() }
}
