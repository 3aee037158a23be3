import FunctionKit

extension Context {
  private static let step = 50

  /// Holds a day against the provider's list, page by page, each page a transaction that says how far it has come. What is
  /// cut off goes on there, whoever does.
  /// - Parameter deadline: when it stops and leaves the rest.
  /// - Returns: nil when somebody else is at work on it, or it is done.
  func reconcile(
    _ day: BusinessDay, until deadline: Instant, by reconciler: Reconciler
  ) async throws -> ReconciliationRun? {
    let trigger = reconciler.rawValue
    let claimed = try await work(because: trigger) { try await $0.claimReconciliation(of: day, by: reconciler) }
    guard var run = claimed else { return nil }
    do {
      while run.progress.stage != .done {
        guard now < deadline else {
          try await work(because: trigger) { try await $0.release(run, failure: nil) }
          return try await db.reconciliation(run.id)
        }
        run = try await advance(run, because: trigger)
      }
      let clearing = await compareClearing(asOf: day.end)
      return try await work(because: trigger) { try await $0.finish(run, clearing) }
    } catch let failure as GatewayFailure {
      log.error("the day \(day) is not reconciled: \(failure)")
      try await work(because: trigger) { try await $0.release(run, failure: "\(failure)") }
      return try await db.reconciliation(run.id)
    } catch is RunLost {
      return nil
    } catch {
      try await work(because: trigger) { try await $0.release(run, failure: "it was cut off") }
      throw error
    }
  }

  private func advance(_ run: ReconciliationRun, because trigger: String) async throws -> ReconciliationRun {
    switch run.progress.stage {
    case .incoming: try await readPage(.incoming, of: run, because: trigger)
    case .outgoing: try await readPage(.outgoing, of: run, because: trigger)
    case .invoices: try await lookFor(.payment, of: run, because: trigger)
    case .refunds: try await lookFor(.refund, of: run, because: trigger)
    case .payouts: try await lookFor(.payout, of: run, because: trigger)
    case .done: run
    }
  }

  private func readPage(
    _ kind: Listing.Kind, of run: ReconciliationRun, because trigger: String
  ) async throws -> ReconciliationRun {
    let listing = Listing(kind: kind, day: run.reconDate)
    let page = try await TransactionGateway.xendit(self).page(listing, run.progress.after)
    guard page.next == nil || page.next != run.progress.after else {
      throw GatewayFailure.unavailable("the provider's list does not go on after \(page.next ?? "")")
    }
    try await heal(page.movements, in: run, because: trigger)
    return try await work(because: trigger) { work in
      let held = try await work.hold(run)
      var progress = held.progress
      try await work.reconcile(page.movements, in: held, &progress)
      progress.passed(page.next)
      return try await work.save(progress, of: held)
    }
  }

  /// Asks the provider for each movement that only our books have: at midnight it may be the other day's there, and what
  /// has come back since is the day's on which it did.
  private func lookFor(
    _ type: MovementType, of run: ReconciliationRun, because trigger: String
  ) async throws -> ReconciliationRun {
    let after = run.progress.after.flatMap { ID($0) }
    let own: [OwnMovement] = try await db.all(type.unreconciled(on: run.reconDate, after: after, most: Self.step))
    let gateway = TransactionGateway.xendit(self)
    var missing: [OwnMovement] = []
    for movement in own {
      let found = try await gateway.find(type, movement.reference)
      if !found.contains(where: { $0.accounts(for: movement) }) { missing.append(movement) }
    }
    let unfound = missing
    return try await work(because: trigger) { work in
      let held = try await work.hold(run)
      var progress = held.progress
      let items = unfound.map { ReconciliationItem(missingThere: $0, type, id: work.context.newID()) }
      try await work.keep(items, in: held)
      progress.amountHere += unfound.map { $0.amount * type.sign }.reduce(0, +)
      progress.passed(own.count == Self.step ? own.last?.id.description : nil)
      return try await work.save(progress, of: held)
    }
  }
}

extension Movement {
  fileprivate func accounts(for own: OwnMovement) -> Bool {
    effect == .undone || (effect != .none && Pairing(there: self, here: own).isHere)
  }
}
