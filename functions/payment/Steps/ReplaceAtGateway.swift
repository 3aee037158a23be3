import FunctionKit

extension Context {
  /// Looks whether what a request is about to replace was paid at this very moment, and takes the money if so.
  func collectBeforeReplacing(_ request: BillRequest, because trigger: String) async throws {
    let live = try await db.livePayments(request.purpose, of: request.references)
    if live.isEmpty { return }
    if try await db.says(request, in: live) { return }
    for id in Set(live.compactMap(\.invoiceId)) {
      guard let invoice = try await db.invoice(id), invoice.status == .open else { continue }
      do {
        let report = try await InvoiceGateway.xendit(self, for: invoice).look(for: invoice)
        guard let report, report.status.isPaid else { continue }
        _ = try await work(because: trigger) { try await $0.take(report) }
        for bill in Set(live.filter { $0.invoiceId == id }.compactMap(\.billId)) {
          try await takeFromWallet(forBill: bill, because: trigger)
        }
      } catch let failure as GatewayFailure {
        log.warning("invoice \(invoice.externalId) can't be looked at: \(failure)")
        throw Problem(503, "gateway_unavailable", "The provider does not say what became of the earlier invoice.")
      }
    }
  }

  /// Ends an invoice at the provider after another one has taken its place here. A payment that is quicker goes back.
  func closeAtGateway(_ invoice: InvoiceRecord, because trigger: String) async throws {
    let gateway = InvoiceGateway.xendit(self, for: invoice)
    do {
      guard var report = try await gateway.look(for: invoice) else { return }
      if report.status == .pending { report = try await gateway.close(report) }
      let last = report
      _ = try await work(because: trigger) { try await $0.take(last) }
    } catch let failure as GatewayFailure {
      log.warning("invoice \(invoice.externalId) is still open at the provider: \(failure)")
    }
  }
}
