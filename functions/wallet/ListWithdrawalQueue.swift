import FunctionKit

/// Withdrawals for finance: those that wait for them, unless another state is asked for, newest first.
struct ListWithdrawalQueue: Endpoint {
  struct Input: Decodable, Limited {
    var status: WithdrawalStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<WithdrawalView> {
    let paging = try Paging("withdrawal_queue", limit: input.limit, cursor: input.cursor)
    let rows: [WithdrawalRecord] = try await context.db.all(
      """
      select \(WithdrawalRecord.columns) from withdrawal_request
      where status = \(input.status ?? .pendingReview) and id < \(paging.before)
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id, WithdrawalView.init)
  }
}
