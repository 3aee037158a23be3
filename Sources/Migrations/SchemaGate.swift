public import Postgres

/// Changes a bundle's schema only so far that the releases which must go on working can: the live one, whose workers serve
/// while the steps are done, and the one that a rollback goes back to.
public struct SchemaGate: Sendable {
  /// Whose statements must work, and what is to be done.
  public struct Plan: Sendable {
    /// The steps of the release that is deployed.
    public var migrations: [Migration]
    /// What the other releases say to the database.
    public var guarded: [GuardedStatement]
    /// What the release itself says to it.
    public var own: [GuardedStatement]
    /// Whether the database may have steps that the release does not know: so it is with one that was live before.
    public var mayBeAhead: Bool
    /// Whether all of it is undone at the end.
    public var isRehearsal: Bool

    public init(
      migrations: [Migration], guarded: [GuardedStatement], own: [GuardedStatement], mayBeAhead: Bool = false,
      isRehearsal: Bool = false
    ) {
      self.migrations = migrations
      self.guarded = guarded
      self.own = own
      self.mayBeAhead = mayBeAhead
      self.isRehearsal = isRehearsal
    }
  }

  private let steps: SchemaSteps

  public init(_ connection: AdminConnection, bundle: String) {
    steps = SchemaSteps(bundle: bundle, connection: connection)
  }

  /// Does the steps that are to be done in one transaction, and checks every statement in it.
  /// - Returns: the steps that were done.
  /// - Throws: ``SchemaGateError`` with each statement that would be lost, ``MigrationError`` as ``Migrator`` does,
  ///   ``DatabaseError`` when the connection is lost; of no step anything remains then.
  @discardableResult
  public func pass(_ plan: Plan) async throws -> [Migrator.Applied] {
    try await steps.alone {
      let pending = try await steps.history().pending(plan.migrations, mayBeAhead: plan.mayBeAhead)
      if pending.isEmpty, plan.own.isEmpty { return [] }
      return try await steps.transaction(steps.bundle, plan.isRehearsal ? .rollback : .commit) {
        try await change(pending, plan)
      }
    }
  }

  private func change(_ pending: [Migration], _ plan: Plan) async throws -> [Migrator.Applied] {
    let guarded = pending.isEmpty ? [] : plan.guarded
    let before = try await SchemaPicture.take(steps.connection, guarded)
    var applied: [Migrator.Applied] = []
    for migration in pending { applied.append(try await steps.apply(migration)) }
    let after = try await SchemaPicture.take(steps.connection, guarded + plan.own)
    let losses = guarded.compactMap { before.loss(of: $0, in: after) } + before.refusedInserts(guarded, in: after)
    let broken = plan.own.compactMap(after.brokenOwn)
    guard losses.isEmpty, broken.isEmpty else { throw SchemaGateError(losses: losses, broken: broken) }
    return applied
  }
}
