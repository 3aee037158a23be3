import FunctionKit

/// Has the seller bear what a shipment cost beyond what the buyer was quoted, where the seller is to blame.
struct ChargeShippingOverage: EventHandler {
  struct Input: Decodable {
    var shipmentId: ID
    var orderId: ID
    var sellerId: ID?
    var oldPrice: Int
    var newPrice: Int
    /// Rupiah; less than nothing when it was cheaper.
    var difference: Int
    var chargeToSeller: Bool
  }

  func handle(_ input: Input, context: Context) async throws {
    guard input.chargeToSeller, input.difference != 0 else { return }
    guard AddAdjustment.Input.amounts.contains(input.difference) else {
      throw Problem(422, "amount_out_of_range", "Shipment \(input.shipmentId) differs by what no shipment costs.")
    }
    let work = context.ownWork(because: "shipment_cost_adjusted")
    guard let seller = try await work.seller(of: input) else {
      return context.log.error("shipment \(input.shipmentId) is to be charged to a seller that nobody knows")
    }
    // A shipment may be weighed more than once: each difference counts, and each event once.
    try await work.insert(
      NewAdjustment(
        seller: seller, kind: .shippingOverage, amount: -input.difference,
        reference: context.event?.id ?? input.shipmentId,
        reason: "Shipment \(input.shipmentId) cost \(input.newPrice) instead of \(input.oldPrice)"))
  }
}

extension Work {
  fileprivate func seller(of input: ChargeShippingOverage.Input) async throws -> ID? {
    if let seller = input.sellerId { return seller }
    return try await db.first("select seller_id from commission_ledger where order_id = \(input.orderId) limit 1")
  }
}
