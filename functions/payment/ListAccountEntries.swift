import FunctionKit

/// What was written to one account, newest first.
struct ListAccountEntries: Endpoint {
  struct Input: Decodable, Limited {
    /// Such as `asset:xendit`.
    var code: String
    /// Nothing written later.
    var asOf: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["code": .text(codeLength), "limit": Paging.limit]
    static let codeLength = 1...80
  }

  struct Entry: Codable, Sendable {
    /// In the order in which they were written.
    var id: Int
    var transactionId: ID
    var kind: String
    var referenceType: String
    var referenceId: ID
    var description: String
    /// Rupiah, debits positive.
    var amount: Int
    var occurredAt: Instant
    var actor: String
  }

  func handle(_ input: Input, context: Context) async throws -> Page<Entry> {
    var validation = Validation()
    validation.text(input.code, "code", length: Input.codeLength)
    try validation.finish()
    let paging = try PagingBy<Int>("account_entries:\(input.code)", limit: input.limit, cursor: input.cursor)
    guard let account = try await context.db.account(input.code) else { throw Problem.notFound("account") }
    let found: [Entry] = try await context.db.all(Self.entries(of: account, asOf: input.asOf, paging))
    return paging.page(found, by: \.id) { $0 }
  }

  static func entries(of account: ID, asOf: Instant?, _ paging: PagingBy<Int>) -> SQL {
    let until = asOf.map { ["entry.created_at <= \($0)"] as [SQL] } ?? []
    return """
      select entry.id, transaction_id, journal.kind, reference_type, reference_id, description, amount, occurred_at, actor
      from transaction_ledger_entry entry join transaction_ledger journal on journal.id = transaction_id
      where account_id = \(account) and entry.id < \(paging.last ?? .max) and \(.all(until))
      order by entry.id desc limit \(paging.fetch)
      """
  }
}

extension Database {
  fileprivate func account(_ code: String) async throws -> ID? {
    try await first("select id from ledger_account where code = \(code)")
  }
}
