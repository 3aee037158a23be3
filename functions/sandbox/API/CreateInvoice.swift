import FunctionKit

/// Opens an invoice; a second one for the same reference too, as the provider does.
struct CreateInvoice: Endpoint {
  struct Input: Decodable, SchemaDescribing {
    let body: JSON

    init(from decoder: any Decoder) throws { body = try JSON(from: decoder) }

    static var jsonSchema: JSON { InvoiceRequest.jsonSchema }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let request = try InvoiceRequest(input.body)
      let invoice: InvoiceRecord = try await context.transaction { tx in
        try await tx.db.one(
          """
          insert into invoice (id, external_id, amount, request, expiry_date, created, updated)
          values (\(context.newInvoiceID()), \(request.externalID), \(request.amount), \(JSON.object(request.rest)),
            \(context.now + .seconds(request.duration)), \(context.now), \(context.now))
          returning \(InvoiceRecord.columns)
          """)
      }
      return try invoice.object(baseURL: context.baseURL(of: "xendit"))
    }
  }
}
