import FunctionKit

/// How invoices are opened, found and closed at the provider; the functions know no other way to reach it.
struct InvoiceGateway: Sendable {
  /// Opens an invoice. The provider does not notice that it was asked twice: see ``createOnce(_:mayExist:)``.
  var create: @Sendable (NewInvoice) async throws -> GatewayReport
  /// The invoice with our reference; the paid one, should there be several. Never refused.
  var find: @Sendable (_ externalId: String) async throws -> GatewayReport?
  var get: @Sendable (_ gatewayRef: String) async throws -> GatewayReport
  /// Ends an unpaid invoice.
  /// - Throws: ``GatewayFailure/refused(code:message:)`` when it has ended already, by payment or otherwise.
  var expire: @Sendable (_ gatewayRef: String) async throws -> GatewayReport
}

/// Why the provider did not do what it was asked.
enum GatewayFailure: Error, Sendable, Equatable {
  /// Nobody knows whether it acted: ask again later.
  case unavailable(String)
  /// It never will: asking again changes nothing.
  case refused(code: String, message: String)
}

extension InvoiceGateway {
  private static let attempts = 3

  /// Opens an invoice unless a call whose answer was lost has done so, and so never two for one reference.
  /// - Parameter mayExist: whether it may have been asked for before.
  func createOnce(_ invoice: NewInvoice, mayExist: Bool) async throws -> GatewayReport {
    if mayExist, let found = try await find(invoice.externalId) { return found }
    for _ in 1..<Self.attempts {
      do {
        return try await create(invoice)
      } catch GatewayFailure.unavailable {
        if let found = try await find(invoice.externalId) { return found }
      }
    }
    return try await create(invoice)
  }

  /// What the provider knows of an invoice; nil when it never heard of it.
  func look(for invoice: InvoiceRecord) async throws -> GatewayReport? {
    guard let gatewayRef = invoice.gatewayRef else { return try await find(invoice.externalId) }
    return try await get(gatewayRef)
  }

  /// Ends an invoice and gives its last state, which is paid when the buyer was quicker.
  func close(_ report: GatewayReport) async throws -> GatewayReport {
    do {
      return try await expire(report.gatewayRef)
    } catch GatewayFailure.refused {
      return try await get(report.gatewayRef)
    }
  }
}
