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
    var paidAfter: Instant?
    var paidBefore: Instant?
    var expiredAfter: Instant?
    var expiredBefore: Instant?
    var channels: [String]?
    /// The last invoice of the page before.
    var last: String?

    static let limits: [String: FieldLimit] = ["limit": .range(most, default: 10)]
    static let most = 1...100

    enum CodingKeys: String, CodingKey {
      case statuses, limit
      case externalID = "external_id"
      case createdAfter = "created_after"
      case createdBefore = "created_before"
      case paidAfter = "paid_after"
      case paidBefore = "paid_before"
      case expiredAfter = "expired_after"
      case expiredBefore = "expired_before"
      case channels = "payment_channels"
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
    func within(_ column: SQL, _ after: Instant?, _ before: Instant?) -> SQL {
      guard let after, let before else { return "true" }
      return "\(column) between \(after) and \(before)"
    }
    return try await all(
      """
      select \(InvoiceRecord.columns) from invoice
      where (\(wanted.externalID)::text is null or external_id = \(wanted.externalID))
        and (\(wanted.statuses)::text[] is null or status = any(\(wanted.statuses)::text[]))
        and (\(wanted.channels)::text[] is null or payment_channel = any(\(wanted.channels)::text[]))
        and \(within("created", wanted.createdAfter, wanted.createdBefore))
        and \(within("paid_at", wanted.paidAfter, wanted.paidBefore))
        and \(within("expiry_date", wanted.expiredAfter, wanted.expiredBefore))
        and (\(wanted.last)::text is null
          or (created, id) < (select created, id from invoice where id = \(wanted.last)))
      order by created desc, id desc limit \(wanted.limit ?? 10)
      """)
  }
}
