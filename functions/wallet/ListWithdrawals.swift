import FunctionKit

/// A user's withdrawals, of both their wallets, newest first.
struct ListWithdrawals: Endpoint {
  struct Input: Decodable, Limited {
    var status: WithdrawalStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<WithdrawalView> {
    let user = try context.requireUser()
    let paging = try Paging("withdrawals", limit: input.limit, cursor: input.cursor)
    let rows: [WithdrawalRecord] = try await context.db.all(
      """
      select \(WithdrawalRecord.columns) from withdrawal_request
      where wallet_id in (select id from wallet where user_id = \(user) and status <> 'suspended')
        and id < \(paging.before) and (\(input.status)::text is null or status = \(input.status))
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id, WithdrawalView.init)
  }
}
