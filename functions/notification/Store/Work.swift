import FunctionKit

/// One transaction, with the moment that all its rows share.
struct Work: Sendable {
  let context: Context
  let tx: Transaction
  let now: Instant

  init(_ context: Context, _ tx: Transaction) {
    (self.context, self.tx) = (context, tx)
    now = context.now
  }

  var db: Database { tx.db }

  func emit(_ event: some Event) async throws { try await tx.emit(event) }

  /// Has others who mean the same wait for the end of this transaction.
  func hold(_ what: String) async throws {
    try await db.run("select pg_advisory_xact_lock(hashtextextended(\(what), 0))")
  }
}

extension Context {
  @discardableResult
  func work<Result: Sendable>(_ body: (Work) async throws -> Result) async throws -> Result {
    try await transaction { tx in try await body(Work(self, tx)) }
  }

  /// The invocation's own transaction, for the same code.
  var ownWork: Work { Work(self, ownTransaction) }
}
