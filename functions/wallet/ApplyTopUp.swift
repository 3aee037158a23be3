import FunctionKit

/// Brings the money of a top-up, and its bonus as promotional credit.
struct ApplyTopUp: EventHandler {
  struct Input: Decodable {
    var topupId: ID
    var paymentId: ID
    /// Rupiah.
    var amount: Int
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "apply_topup")
    guard let (topUp, wallet) = try await work.lock(topUp: input.topupId) else { throw Problem.notFound("top-up") }
    guard topUp.status != .paid else { return }
    guard topUp.amount == input.amount else {
      throw Problem(409, "amount_differs", "Top-up \(topUp.id) is of \(topUp.amount), its payment of \(input.amount).")
    }
    if topUp.status != .pending {
      context.log.error("top-up \(topUp.id) was \(topUp.status.rawValue), and is paid all the same")
    }
    try await work.set(topUp, to: .paid)
    try await work.apply(topUp, to: wallet, payment: input.paymentId)
  }
}

extension Work {
  fileprivate func apply(_ topUp: TopUpRecord, to wallet: WalletRecord, payment: ID) async throws {
    let parts = Parts(cash: topUp.amount)
    let journal = Journal.credit(
      .topup, topUp.reference, "Top-up \(topUp.topupNumber)", to: wallet.id, parts)
    var movement = Movement(.topup, .credit, parts, journal)
    movement.paymentId = payment
    try await move(wallet, movement)
    guard topUp.bonusAmount > 0 else { return }
    let bonus = NewLot(source: "promotional", amount: topUp.bonusAmount, expiresAt: now + TopUpPolicy.bonusLife)
    try await grant(bonus, to: wallet, about: topUp.reference, "Bonus of top-up \(topUp.topupNumber)")
  }
}
