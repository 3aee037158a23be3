import FunctionKit

/// A month of a wallet: where it began, what moved, and where it ended.
struct Statement: Codable, Sendable {
  var month: String
  var opening: Int
  var rows: [Row]
  var totals: Totals
  var closing: Int

  struct Row: Codable, Sendable {
    var transactionNumber: String
    var at: Instant
    var type: TransactionRecord.Kind
    var description: String
    var credit: Int
    var debit: Int
    var balance: Int
  }

  struct Totals: Codable, Sendable {
    var credits: Int
    var debits: Int
  }

  /// - Parameter transactions: the oldest first.
  init(month: String, opening: Int, _ transactions: [TransactionRecord]) {
    self.month = month
    self.opening = opening
    rows = transactions.map(Row.init)
    totals = Totals(credits: rows.map(\.credit).reduce(0, +), debits: rows.map(\.debit).reduce(0, +))
    closing = opening + totals.credits - totals.debits
  }
}

extension Statement.Row {
  fileprivate init(_ transaction: TransactionRecord) {
    transactionNumber = transaction.transactionNumber
    at = transaction.createdAt
    type = transaction.type
    description = transaction.description
    credit = transaction.direction == .credit ? transaction.amount : 0
    debit = transaction.direction == .debit ? transaction.amount : 0
    balance = transaction.balanceAfter
  }
}

extension Statement {
  /// As a spreadsheet reads it (RFC 4180), with the opening and closing balance as lines of their own.
  var csv: String {
    let lines = rows.map { row in
      [
        row.transactionNumber, row.at.description, row.type.rawValue, Self.quoted(row.description), "\(row.credit)",
        "\(row.debit)", "\(row.balance)",
      ].joined(separator: ",")
    }
    return
      (["number,at,type,description,credit,debit,balance", ",,opening,,,,\(opening)"] + lines
      + [",,closing,,\(totals.credits),\(totals.debits),\(closing)"]).map { $0 + "\r\n" }.joined()
  }

  /// What begins like a formula would be run as one.
  private static func quoted(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t".contains($0) } ?? false
    return "\"\((isFormula ? "'" : "") + text.replacing("\"", with: "\"\""))\""
  }
}
