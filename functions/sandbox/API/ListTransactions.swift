import FunctionKit

/// Lists movements of money, newest first.
struct ListTransactions: Endpoint {
  struct Input: Decodable, Limited {
    var types: [String]?
    var statuses: [String]?
    var categories: [String]?
    var referenceID: String?
    var productID: String?
    var account: String?
    var currency: String?
    var amount: Int?
    var createdFrom: Instant?
    var createdTo: Instant?
    var updatedFrom: Instant?
    var updatedTo: Instant?
    var limit: Int?
    var after: String?
    var before: String?

    static let limits: [String: FieldLimit] = ["limit": .range(PageOf.most, default: 10)]

    enum CodingKeys: String, CodingKey {
      case types, statuses, currency, amount, limit
      case categories = "channel_categories"
      case referenceID = "reference_id"
      case productID = "product_id"
      case account = "account_identifier"
      case createdFrom = "created[gte]"
      case createdTo = "created[lte]"
      case updatedFrom = "updated[gte]"
      case updatedTo = "updated[lte]"
      case after = "after_id"
      case before = "before_id"
    }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let page = try PageOf(input.limit, after: input.after, before: input.before)
      let found = try await context.db.transactions(input, page)
      let shown = page.cut(found)
      let isMore = found.count > page.limit
      return [
        "has_more": .bool(isMore), "data": .array(shown.map { $0.object(at: context.now) }),
        "links": isMore ? [Self.next(after: shown.last?.id ?? "", page.limit)] : [],
      ]
    }
  }

  private static func next(after id: String, _ limit: Int) -> JSON {
    ["href": .string("/transactions?limit=\(limit)&after_id=\(id)"), "rel": "next", "method": "GET"]
  }
}

extension Database {
  fileprivate func transactions(
    _ wanted: ListTransactions.Input, _ page: PageOf
  ) async throws -> [TransactionRecord] {
    try await all(
      """
      select \(TransactionRecord.columns) from txn
      where (\(wanted.types)::text[] is null or type = any(\(wanted.types)::text[]))
        and (\(wanted.statuses)::text[] is null or status = any(\(wanted.statuses)::text[]))
        and (\(wanted.categories)::text[] is null or channel_category = any(\(wanted.categories)::text[]))
        and (\(wanted.referenceID)::text is null or reference_id = \(wanted.referenceID))
        and (\(wanted.productID)::text is null or product_id = \(wanted.productID))
        and (\(wanted.account)::text is null or account_identifier = \(wanted.account))
        and (\(wanted.currency)::text is null or \(wanted.currency)::text = 'IDR')
        and (\(wanted.amount)::bigint is null or amount = \(wanted.amount))
        and (\(wanted.createdFrom)::timestamptz is null or created >= \(wanted.createdFrom))
        and (\(wanted.createdTo)::timestamptz is null or created <= \(wanted.createdTo))
        and (\(wanted.updatedFrom)::timestamptz is null or updated >= \(wanted.updatedFrom))
        and (\(wanted.updatedTo)::timestamptz is null or updated <= \(wanted.updatedTo))
        and \(page.bounds(of: "txn"))
      order by \(page.order(of: "txn")) limit \(page.limit + 1)
      """)
  }
}
