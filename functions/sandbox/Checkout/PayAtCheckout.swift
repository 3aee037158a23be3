import FunctionKit

/// Pays, as a buyer would with a phone.
struct PayAtCheckout: Endpoint {
  struct Input: Decodable {
    var id: String
    /// One of the provider's channels; QRIS by default.
    var channel: String?
    /// Lets money arrive after the invoice has expired, which banks do now and then.
    var late: Bool?
  }

  func handle(_ input: Input, context: Context) async throws -> CheckoutReply {
    guard let invoice = try await context.db.lockedInvoice(input.id) else { return .page(.unknownInvoice) }
    let isOver = invoice.status == .expired || invoice.expiryDate <= context.now
    switch invoice.status {
    case .paid, .settled: return .page(.refused("Tagihan ini sudah dibayar.", invoice))
    case .pending, .expired:
      guard !isOver || input.late == true else { return .page(.refused("Tagihan ini sudah kedaluwarsa.", invoice)) }
    }
    let wanted = input.channel.map { code in invoice.methods.first { $0.code == code } } ?? invoice.methods.first
    guard let method = wanted else { return .page(.refused("Cara pembayaran ini tidak tersedia.", invoice)) }
    try await context.ownTransaction.pay(invoice, by: method, context)
    return .redirect("/web/\(invoice.id)")
  }
}
