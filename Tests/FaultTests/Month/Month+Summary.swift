import FaultTesting
import FunctionKit

extension Month {
  /// That people's plans came true: every sale ended as it was to.
  func fates() -> [Invariant] {
    let counts: [(String, Sale.Fate, [Sale.Fate])] = [
      ("payment.paid", .paid, []), ("payment.expired", .left, [.late]), ("payment.late_captured", .late, []),
    ]
    return counts.map { type, fate, other in
      let planned = plan.sales.count { $0.fate == fate || other.contains($0.fate) }
      return Invariant("sales that ended with \(type)") { world in
        let found = try await world.value(in: "payment", "select count(*) from lakoo.outbox where type = \(type)")
        return found == planned ? nil : "\(found), \(planned) were planned"
      }
    }
  }

  /// What it came to. The same seed gives the same sums.
  func summary() async throws -> String {
    let rows: [(String, String, SQL)] = [
      ("paid", "payment", "select count(*) from lakoo.outbox where type = 'payment.paid'"),
      ("refunds", "payment", "select count(*) from refund where status = 'completed'"),
      ("settlements paid", "payment", "select count(*) from settlement where status = 'completed'"),
      ("settlements carried", "payment", "select count(*) from settlement where status = 'carried_forward'"),
      ("withdrawals done", "wallet", "select count(*) from withdrawal_request where status = 'completed'"),
      ("withdrawals failed", "wallet", "select count(*) from withdrawal_request where status = 'failed'"),
      ("days reconciled", "payment", "select count(*) from reconciliation_run where status = 'balanced'"),
      ("ledger entries", "payment", "select count(*) from transaction_ledger_entry"),
      ("Rp at the provider", "payment", MonthBooks.balance("asset:xendit")),
      ("Rp of commission", "payment", MonthBooks.balance("rev:commission")),
      (
        "of all balances, digest", "payment",
        """
        select hashtextextended(string_agg(code || '=' || balance, ',' order by code), 0) from (
          select account.code, sum(entry.amount) as balance from transaction_ledger_entry entry
          join ledger_account account on account.id = entry.account_id group by account.code) balances
        """
      ),
    ]
    var lines: [String] = []
    for (name, bundle, statement) in rows { lines.append("\(try await world.value(in: bundle, statement)) \(name)") }
    return lines.joined(separator: "\n")
  }
}
