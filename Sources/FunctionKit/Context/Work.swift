/// One transaction, with the moment and the reason that all its rows share.
public struct Work: Sendable {
  public let context: Context
  public let tx: Transaction
  public let now: Instant
  /// The function at work, as histories and books name it.
  public let trigger: String

  public init(_ context: Context, _ tx: Transaction, because trigger: String) {
    self.context = context
    self.tx = tx
    self.trigger = trigger
    now = context.now
  }

  public var db: Database { tx.db }

  /// Who is behind it: a person, or nobody.
  public var actor: String { context.caller.userID?.description ?? "system" }

  public func emit(_ event: some Event) async throws { try await tx.emit(event) }

  /// Makes whoever names the same thing wait until this transaction ends.
  public func lock(_ name: String) async throws {
    try await db.run("select pg_advisory_xact_lock(hashtextextended(\(name), 0))")
  }
}

extension Context {
  /// Opens a transaction for code that also needs the clock and new ids.
  @discardableResult
  public func work<Result: Sendable>(
    because trigger: String, _ body: (Work) async throws -> Result
  ) async throws -> Result {
    try await transaction { tx in try await body(Work(self, tx, because: trigger)) }
  }

  /// The invocation's own transaction, for the same code.
  public func ownWork(because trigger: String) -> Work { Work(self, ownTransaction, because: trigger) }
}
