import FunctionKit

/// A month of a user's wallet, to read or to download.
struct GetStatement: Endpoint {
  struct Input: Decodable, Limited {
    /// `2026-01`, in Jakarta.
    var month: String
    /// A buyer's unless said.
    var kind: WalletKind?
    var format: Format?

    enum Format: String, Codable, Sendable, CaseIterable { case json, csv }

    static let limits: [String: FieldLimit] = ["month": .pattern("^[0-9]{4}-[0-9]{2}$")]
  }

  func handle(_ input: Input, context: Context) async throws -> StatementReply {
    let user = try context.requireUser()
    guard let month = Month(input.month) else { throw Problem.invalid("month", "must be a month like 2026-01") }
    guard month.start <= context.now else {
      throw Problem(422, "future_month", "\(input.month) has not begun yet.")
    }
    let wallet = try await context.db.wallet(input.kind ?? .buyer, ofUser: user)
    let statement = try await context.db.statement(of: wallet?.id, month, input.month)
    return StatementReply(statement: statement, isCSV: input.format == .csv)
  }
}

extension Database {
  fileprivate func statement(of wallet: ID?, _ month: Month, _ name: String) async throws -> Statement {
    guard let wallet else { return Statement(month: name, opening: 0, []) }
    let opening: Int? = try await first(
      """
      select balance_after from wallet_transaction where wallet_id = \(wallet) and created_at < \(month.start)
      order by seq desc limit 1
      """)
    let rows: [TransactionRecord] = try await all(
      """
      select \(TransactionRecord.columns) from wallet_transaction
      where wallet_id = \(wallet) and created_at >= \(month.start) and created_at < \(month.end) order by seq
      """)
    return Statement(month: name, opening: opening ?? 0, rows)
  }
}

/// A statement in the form that was asked for.
struct StatementReply: DescribedReply, Sendable {
  var statement: Statement
  var isCSV: Bool

  func reply() throws -> RawReply {
    guard isCSV else { return try Reply(statement).reply() }
    return RawReply(
      headers: [("content-disposition", "attachment; filename=\"lakoo-\(statement.month).csv\"")],
      contentType: "text/csv; charset=utf-8", body: Array(statement.csv.utf8))
  }

  func encode(to encoder: any Encoder) throws { try statement.encode(to: encoder) }

  static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    Reply<Statement>.answers(describer) + [AnswerShape("200", "text/csv", String.jsonSchema)]
  }
}
