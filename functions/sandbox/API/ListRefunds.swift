import FunctionKit

/// Lists refunds, newest first.
struct ListRefunds: Endpoint {
  struct Input: Decodable, Limited {
    var invoiceID: String?
    var paymentRequestID: String?
    var paymentMethodType: String?
    var channelCode: String?
    var limit: Int?
    var after: String?
    var before: String?

    static let limits: [String: FieldLimit] = ["limit": .range(PageOf.most, default: 10)]

    enum CodingKeys: String, CodingKey {
      case limit
      case invoiceID = "invoice_id"
      case paymentRequestID = "payment_request_id"
      case paymentMethodType = "payment_method_type"
      case channelCode = "channel_code"
      case after = "after_id"
      case before = "before_id"
    }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let page = try PageOf(input.limit, after: input.after, before: input.before)
      let found: [RefundRecord] = try await context.db.all(
        """
        \(RefundRecord.rows)
        where (\(input.invoiceID)::text is null or invoice_id = \(input.invoiceID))
          and \(input.paymentRequestID)::text is null
          and (\(input.channelCode)::text is null or payment_channel = \(input.channelCode))
          and \(page.bounds(of: "refund"))
        order by \(page.order(of: "refund")) limit \(page.limit + 1)
        """)
      let wanted = input.paymentMethodType
      let shown = page.cut(found).map(\.object).filter { wanted == nil || $0["payment_method_type"]?.string == wanted }
      return ["data": .array(shown), "has_more": .bool(found.count > page.limit)]
    }
  }
}
