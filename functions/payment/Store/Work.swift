import FunctionKit

/// One transaction, with the moment that all its rows share.
struct Work: Sendable {
  let context: Context
  let tx: Transaction
  let now: Instant

  init(_ context: Context, _ tx: Transaction) {
    self.context = context
    self.tx = tx
    now = context.now
  }

  var db: Database { tx.db }

  func emit(_ event: some Event) async throws { try await tx.emit(event) }
}

extension Context {
  /// Opens a transaction for code that also needs the clock and new ids.
  @discardableResult
  func work<Result: Sendable>(_ body: (Work) async throws -> Result) async throws -> Result {
    try await transaction { tx in try await body(Work(self, tx)) }
  }

  /// The invocation's own transaction, for the same code.
  var work: Work { Work(self, ownTransaction) }
}
