internal import FunctionKit
internal import Manifest
internal import Telemetry

/// A session each of whose statements is a span: its text, in which values never stand, and what came of it.
struct TracedSession: DatabaseSession {
  /// Characters of a statement that are told.
  private static let mostText = 4000

  let base: any DatabaseSession
  private let recording: Recording
  private let database: String

  init(_ base: any DatabaseSession, of bundle: LoadedBundle, _ recording: Recording) {
    self.base = base
    self.recording = recording
    database = bundle.manifest.database ?? ""
  }

  var isOpen: Bool { base.isOpen }

  func run(_ statement: SQL) async throws -> QueryResult {
    let verb = statement.text.prefix { $0 != " " && $0 != "\n" }.uppercased()
    let span = recording.part("\(verb) \(database)")
    do {
      let result = try await base.run(statement)
      end(span, statement.text, [("lakoo.db.affected_rows", .number(result.affected))], nil)
      return result
    } catch {
      end(span, statement.text, [], error)
      throw error
    }
  }

  /// What is emitted travels with the statements around it.
  func emit(_ event: EmittedEvent) async throws { try await base.emit(event) }

  func commit() async throws {
    guard base.isOpen else { return try await base.commit() }
    let span = recording.part("COMMIT \(database)")
    do {
      try await base.commit()
      end(span, "commit", [], nil)
    } catch {
      end(span, "commit", [], error)
      throw error
    }
  }

  func rollback() async { await base.rollback() }

  private func end(_ span: OpenSpan, _ text: String, _ result: [(String, SpanValue)], _ error: (any Error)?) {
    let state = (error as? DatabaseError)?.sqlState
    span.end(
      [
        ("db.system.name", .text("postgresql")), ("db.namespace", .text(database)),
        ("db.query.text", .text(String(text.prefix(TracedSession.mostText)))),
      ] + result + (state.map { [("db.response.status_code", .text($0))] } ?? []),
      failure: error.map { _ in state ?? "cancelled" })
  }
}

extension Invocation {
  /// The session as it was given.
  var untracedSession: any DatabaseSession { (session as? TracedSession)?.base ?? session }
}
