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
    let list = "account_entries:\(input.code)"
    let before = try input.validated(list)
    let limit = input.limit ?? 20
    guard let account = try await context.db.account(input.code) else { throw Problem.notFound("account") }
    let found: [Entry] = try await context.db.all(
      Self.entries(of: account, before: before, asOf: input.asOf, most: limit + 1))
    let shown = found.prefix(limit)
    let next = found.count > limit ? shown.last.map { Cursor.text(list: list, position: "\($0.id)") } : nil
    return Page(Array(shown), nextCursor: next)
  }

  static func entries(of account: ID, before: Int, asOf: Instant?, most: Int) -> SQL {
    let until = asOf.map { ["entry.created_at <= \($0)"] as [SQL] } ?? []
    return """
      select entry.id, transaction_id, journal.kind, reference_type, reference_id, description, amount, occurred_at, actor
      from transaction_ledger_entry entry join transaction_ledger journal on journal.id = transaction_id
      where account_id = \(account) and entry.id < \(before) and \(.all(until))
      order by entry.id desc limit \(most)
      """
  }
}

extension ListAccountEntries.Input {
  /// - Returns: the entry that those shown go before.
  fileprivate func validated(_ list: String) throws -> Int {
    var validation = Validation()
    validation.text(code, "code", length: Self.codeLength)
    validation.range(limit, "limit", Paging.most)
    try validation.finish()
    guard let cursor = try Cursor(cursor, list: list) else { return .max }
    guard let id = Int(cursor.position) else { throw Problem.invalidCursor }
    return id
  }
}

extension Database {
  fileprivate func account(_ code: String) async throws -> ID? {
    try await first("select id from ledger_account where code = \(code)")
  }
}
