import FunctionKit

/// One transaction, with the moment and the reason that all its rows share.
struct Work: Sendable {
  let context: Context
  let tx: Transaction
  let now: Instant
  /// The function at work, as histories name it.
  let trigger: String

  init(_ context: Context, _ tx: Transaction, because trigger: String) {
    self.context = context
    self.tx = tx
    self.trigger = trigger
    now = context.now
  }

  var db: Database { tx.db }

  /// Who is behind it: a person, or nobody.
  var actor: String { context.caller.userID?.description ?? "system" }

  func emit(_ event: some Event) async throws { try await tx.emit(event) }
}

extension Context {
  /// Opens a transaction for code that also needs the clock and new ids.
  @discardableResult
  func work<Result: Sendable>(because trigger: String, _ body: (Work) async throws -> Result) async throws -> Result {
    try await transaction { tx in try await body(Work(self, tx, because: trigger)) }
  }

  /// The invocation's own transaction, for the same code.
  func ownWork(because trigger: String) -> Work { Work(self, ownTransaction, because: trigger) }
}
