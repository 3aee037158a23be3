import FunctionKit

/// Lists invoices as a bare array, newest first.
struct ListInvoices: Endpoint {
  struct Input: Decodable, Limited {
    var externalID: String?
    var statuses: [String]?
    var limit: Int?
    /// A pair of times takes effect only when both ends are given.
    var createdAfter: Instant?
    var createdBefore: Instant?
    /// The last invoice of the page before.
    var last: String?

    static let limits: [String: FieldLimit] = ["limit": .range(most, default: 10)]
    static let most = 1...100

    enum CodingKeys: String, CodingKey {
      case statuses, limit
      case externalID = "external_id"
      case createdAfter = "created_after"
      case createdBefore = "created_before"
      case last = "last_invoice"
    }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      guard Input.most.contains(input.limit ?? 10) else {
        throw Refusal.invalid([.init(path: "limit", message: "must be 1 to 100")])
      }
      let baseURL = try context.baseURL(of: "xendit")
      return .array(try await context.db.invoices(input).map { $0.object(baseURL: baseURL) })
    }
  }
}

extension Database {
  fileprivate func invoices(_ wanted: ListInvoices.Input) async throws -> [InvoiceRecord] {
    let isPair = wanted.createdAfter != nil && wanted.createdBefore != nil
    return try await all(
      """
      select \(InvoiceRecord.columns) from invoice
      where (\(wanted.externalID)::text is null or external_id = \(wanted.externalID))
        and (\(wanted.statuses)::text[] is null or status = any(\(wanted.statuses)::text[]))
        and (not \(isPair)::boolean
          or created between \(wanted.createdAfter)::timestamptz and \(wanted.createdBefore)::timestamptz)
        and (\(wanted.last)::text is null
          or (created, id) < (select created, id from invoice where id = \(wanted.last)))
      order by created desc, id desc limit \(wanted.limit ?? 10)
      """)
  }
}
