import FunctionKit

/// Lists invoices as a bare array, newest first.
struct ListInvoices: Endpoint {
  struct Input: Decodable {
    var external_id: String?
    var statuses: [String]?
    var limit: Int?
    var created_after: Instant?
    var created_before: Instant?
    /// The last invoice of the page before.
    var last_invoice: String?
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let limit = input.limit ?? 10
      guard (1...100).contains(limit) else { throw Refusal.invalid([.init(path: "limit", message: "must be 1 to 100")]) }
      // A pair of times takes effect only when both ends are given.
      let isPair = input.created_after != nil && input.created_before != nil
      let invoices: [InvoiceRecord] = try await context.db.all(
        """
        select \(InvoiceRecord.columns) from invoice
        where (\(input.external_id)::text is null or external_id = \(input.external_id))
          and (\(input.statuses)::text[] is null or status = any(\(input.statuses)::text[]))
          and (not \(isPair)::boolean
            or created between \(input.created_after)::timestamptz and \(input.created_before)::timestamptz)
          and (\(input.last_invoice)::text is null
            or (created, id) < (select created, id from invoice where id = \(input.last_invoice)))
        order by created desc, id desc limit \(limit)
        """)
      let baseURL = try context.baseURL(of: "xendit")
      return .array(invoices.map { $0.object(baseURL: baseURL) })
    }
  }
}
