import FunctionKit

/// A row of `reconciliation_item`: where the provider and our books differ.
struct ReconciliationItem: Codable, Sendable, Equatable {
  var id: ID
  var kind: Mismatch
  var txnType: MovementType
  var ourRef: String?
  var gatewayRef: String?
  var amountHere: Int?
  var amountThere: Int?
  var feeHere: Int?
  var feeThere: Int?
  var healed: Bool
}

extension ReconciliationItem {
  init(_ pairing: Pairing, _ kind: Mismatch, healed: Bool, id: ID) {
    let (there, here) = (pairing.there, pairing.here)
    self.init(
      id: id, kind: kind, txnType: there.type, ourRef: here?.reference ?? there.reference, gatewayRef: there.id,
      amountHere: here.flatMap { $0.isDone ? $0.amount : nil }, amountThere: there.amount, feeHere: here?.fee,
      feeThere: there.fee, healed: healed)
  }

  /// What only our books have.
  init(missingThere own: OwnMovement, _ type: MovementType, id: ID) {
    self.init(
      id: id, kind: .missingThere, txnType: type, ourRef: own.reference, amountHere: own.amount, feeHere: own.fee,
      healed: false)
  }
}

extension Work {
  /// Keeps differences; one that is known stays the same item, with what a person has said about it.
  func keep(_ items: [ReconciliationItem], in run: ReconciliationRun) async throws {
    guard !items.isEmpty else { return }
    try await db.run(
      """
      insert into reconciliation_item (id, run_id, kind, txn_type, our_ref, gateway_ref, amount_here, amount_there,
        fee_here, fee_there, healed, pass, created_at, updated_at)
      select id, \(run.id), kind, "txnType", "ourRef", "gatewayRef", "amountHere", "amountThere", "feeHere", "feeThere",
        healed, \(run.pass), \(now), \(now)
      from jsonb_to_recordset(\(AsJSON(items))::jsonb) as item (id uuid, kind text, "txnType" text, "ourRef" text,
        "gatewayRef" text, "amountHere" bigint, "amountThere" bigint, "feeHere" bigint, "feeThere" bigint,
        healed boolean)
      on conflict (run_id, txn_type, our_ref, gateway_ref) do update set kind = excluded.kind,
        amount_here = excluded.amount_here, amount_there = excluded.amount_there, fee_here = excluded.fee_here,
        fee_there = excluded.fee_there, healed = reconciliation_item.healed or excluded.healed, pass = excluded.pass,
        updated_at = excluded.updated_at
      """)
  }

  /// The provider's ids of those movements that this run has healed, now or before.
  func healed(_ movements: [Movement], in run: ReconciliationRun) async throws -> Set<String> {
    let ids: [String] = try await db.all(
      """
      select gateway_ref from reconciliation_item
      where run_id = \(run.id) and healed and gateway_ref = any(\(movements.map(\.id))::text[])
      """)
    return Set(ids)
  }

  /// Drops what this pass has not seen any more, unless it was healed or somebody has looked at it.
  func dropStaleItems(of run: ReconciliationRun) async throws {
    try await db.run(
      """
      delete from reconciliation_item
      where run_id = \(run.id) and pass < \(run.pass) and not healed and resolution is null
      """)
  }
}
