import FunctionKit

/// Works through what the provider says about an invoice without being asked: paid, settled or expired.
///
/// The delivery, the change of state, the books and the announcements are one transaction; what the wallet pays beside is
/// taken after it. What makes no sense is kept for a person and acknowledged all the same, since the provider could only
/// repeat it.
struct XenditInvoiceWebhook: Webhook {
  static let kind = "xendit_invoice"

  func handle(_ input: InvoiceDelivery, context: Context) async throws {
    try await context.work(because: Self.kind) { work in
      let key = input.deliveryID
      guard try await work.receive(Self.kind, key: key, reference: input.invoice.externalID, body: input.body) else {
        return
      }
      let outcome = try await outcome(of: input.invoice, work)
      if case .parked(let reason) = outcome {
        context.log.error("webhook about \(input.invoice.externalID) is parked: \(reason)")
      }
      try await work.finish(Self.kind, key: key, outcome)
    }
    try await context.takeFromWallet(forInvoice: input.invoice.externalID, because: Self.kind)
  }

  func outcome(of invoice: XenditInvoice, _ work: Work) async throws -> Outcome {
    let report: GatewayReport
    do throws(Unreadable) {
      report = try invoice.report()
    } catch {
      return .parked(error.reason)
    }
    return try await work.take(report)
  }
}

/// The invoice, and the body without what it tells of the payer.
struct InvoiceDelivery: Delivery {
  let body: JSON
  let invoice: XenditInvoice

  init(from decoder: any Decoder) throws {
    body = withoutPersonalData(try JSON(from: decoder))
    invoice = try XenditInvoice(from: decoder)
  }

  var deliveryID: String {
    [invoice.id, invoice.status, invoice.paymentID].compactMap { $0 }.joined(separator: ":")
  }
}

extension InvoiceDelivery: SchemaDescribing {
  static var jsonSchema: JSON {
    [
      "type": "object",
      "properties": [
        "id": ["type": "string"], "external_id": ["type": "string"], "status": ["type": "string"],
        "amount": ["type": "number"],
      ], "required": ["id", "external_id", "status", "amount"],
    ]
  }
}
