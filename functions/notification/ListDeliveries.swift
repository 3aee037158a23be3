import FunctionKit

/// The attempts to get messages to their users, newest first.
struct ListDeliveries: Endpoint {
  struct Input: Decodable, Limited {
    var userId: ID?
    var notificationId: ID?
    var channel: Channel?
    /// Such as `sendgrid`.
    var provider: String?
    var status: DeliveryStatus?
    /// When the attempt was made.
    var from: Instant?
    /// Not included.
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["provider": .text(1...30), "limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<DeliveryView> {
    var validation = Validation()
    validation.text(input.provider, "provider", length: 1...30)
    if let from = input.from, let to = input.to {
      validation.require(from < to, "to", "must be after from", code: "range")
    }
    try validation.finish()
    let paging = try Paging("deliveries", limit: input.limit, cursor: input.cursor)
    return paging.page(try await context.db.all(input.statement(paging)), id: \.id) { $0 }
  }
}

extension ListDeliveries.Input {
  /// Written for what is asked, so that each form has its index.
  func statement(_ paging: Paging) -> SQL {
    let conditions =
      SQL.equal("user_id", userId) + SQL.equal("notification_id", notificationId)
      + SQL.equal("delivery.channel", channel) + SQL.equal("provider", provider)
      + SQL.equal("delivery.status", status) + SQL.made("delivery.id", from: from, to: to)
    return """
      select \(DeliveryView.columns) from delivery join notification on notification.id = notification_id
      where delivery.id < \(paging.before) and \(.all(conditions))
      order by delivery.id desc limit \(paging.fetch)
      """
  }
}
