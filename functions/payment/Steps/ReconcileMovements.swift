import FunctionKit

extension Work {
  /// Holds a page of the provider's list against our books: what differs is kept, what is the same is marked so, and what
  /// the provider kept for itself is booked.
  func reconcile(_ movements: [Movement], in run: ReconciliationRun, _ progress: inout ReconciliationProgress)
    async throws
  {
    let healed = try await healed(movements, in: run)
    for (type, group) in Dictionary(grouping: movements, by: \.type).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let pairings = try await pair(group, type, healed)
      for pairing in pairings { progress.count(pairing) }
      let items = pairings.compactMap { pairing in
        pairing.mismatch.map {
          ReconciliationItem(pairing, $0, healed: $0 == .missingHere && pairing.wasHealed, id: context.newID())
        }
      }
      try await keep(items, in: run)
      try await mark(pairings.filter(\.isPair), type)
      try await bookFees(pairings.filter { $0.unbookedFee != nil }, type)
    }
  }

  /// Each with the one of ours that it is, which is held: the second one with the same is a duplicate.
  private func pair(_ movements: [Movement], _ type: MovementType, _ healed: Set<String>) async throws -> [Pairing] {
    guard type != .other else { return movements.map { Pairing(there: $0) } }
    var own: [OwnMovement] = try await db.all("\(type.own(of: movements)) for no key update")
    return movements.map { movement in
      let index = OwnMovement.named(by: movement, among: own)
      let pairing = Pairing(
        there: movement, here: index.map { own[$0] }, wasHealed: healed.contains(movement.id))
      if let index {
        if pairing.isPair { own[index].pairedWith = movement.id }
        if let fee = pairing.unbookedFee { own[index].fee = (own[index].fee ?? 0) + fee }
      }
      return pairing
    }
  }

  private func mark(_ pairings: [Pairing], _ type: MovementType) async throws {
    guard !pairings.isEmpty else { return }
    try await db.run(
      """
      update \(type.table) own set reconciled_txn = pair.txn
      from unnest(\(pairings.compactMap(\.here?.id))::uuid[], \(pairings.map(\.there.id))::text[]) as pair (id, txn)
      where own.id = pair.id
      """)
  }

  private func bookFees(_ pairings: [Pairing], _ type: MovementType) async throws {
    guard !pairings.isEmpty else { return }
    let fees = pairings.compactMap(\.unbookedFee)
    let own = pairings.compactMap(\.here)
    try await db.run(
      """
      update \(type.table) own set gateway_fee = coalesce(own.gateway_fee, 0) + booked.fee
      from unnest(\(own.map(\.id))::uuid[], \(fees)::bigint[]) as booked (id, fee) where own.id = booked.id
      """)
    try await post(zip(own, fees).map { $1 < 0 ? .payoutFeeUndo(-$1, of: $0) : .fee($1, of: type, $0) })
    if type == .payment { try await splitFees(Dictionary(uniqueKeysWithValues: zip(own.map(\.id), fees))) }
  }

  /// Each payment of an invoice bears its part of the fee, by what the provider collected for it.
  private func splitFees(_ fees: [ID: Int]) async throws {
    let payments: [CollectedPart] = try await db.all(
      """
      select id, invoice_id, gateway_amount from payment
      where invoice_id = any(\(Array(fees.keys))::uuid[]) order by invoice_id, id for no key update
      """)
    let shares = Dictionary(grouping: payments, by: \.invoiceId).flatMap { invoice, parts in
      zip(parts.map(\.id), split(fees[invoice] ?? 0, by: parts.map(\.gatewayAmount)))
    }
    try await db.run(
      """
      update payment set gateway_fee_actual = share.fee
      from unnest(\(shares.map(\.0))::uuid[], \(shares.map(\.1))::bigint[]) as share (id, fee)
      where payment.id = share.id
      """)
  }
}

/// What the provider has collected for one payment of an invoice.
private struct CollectedPart: Decodable {
  var id: ID
  var invoiceId: ID
  var gatewayAmount: Int
}
