import FunctionKit

extension Context {
  /// Records what is to be collected, has the wallet set its part aside, and has the provider open an invoice for the rest.
  ///
  /// Each is committed before anybody is asked, so that whatever happens to the answer can be made good later.
  /// - Parameter key: the same one gives the same payments.
  func open(_ request: BillRequest, key: String, because trigger: String) async throws -> PreparedBill {
    try await collectBeforeReplacing(request, because: trigger)
    let bill = try await work(because: trigger) { try await $0.prepare(request, key: key) }
    for invoice in bill.replaced { try await closeAtGateway(invoice, because: trigger) }
    try await payByWallet(bill, because: trigger)
    if let invoice = bill.unopened { try await openAtGateway(invoice, mayExist: false, because: trigger) }
    return bill
  }

  /// What a replaced payment had set aside first, since this one may need it.
  private func payByWallet(_ bill: PreparedBill, because trigger: String) async throws {
    for released in bill.released {
      guard try await releaseHolds(ofBill: released, because: trigger) else { return }
    }
    guard let id = bill.id else { return }
    try await setAside(forBill: id, because: trigger)
    try await takeFromWallet(forBill: id, because: trigger)
  }
}
