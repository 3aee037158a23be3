import FunctionKit

/// What a timeline is about.
private struct TimelineSubjects: Decodable {
  var payments: [ID]
  var invoices: [ID]
  var refunds: [ID]
  var payouts: [ID]

  var all: [ID] { payments + invoices + refunds + payouts }
}

extension Database {
  private static let longest = 500

  /// What happened to some payments and to all that belongs to them, newest first.
  /// - Parameter order: the order that they are for.
  func timeline(of payments: [ID], order: ID?, isForStaff: Bool) async throws -> [TimelineEntry] {
    let subjects = try await subjects(of: payments)
    let ids = subjects.all + (order.map { [$0] } ?? [])
    let found = try await history(ids) + calls(subjects) + journals(ids)
    let newest = found.sorted { $0.at > $1.at }.prefix(Self.longest)
    return isForStaff ? Array(newest) : newest.map(\.forPayer)
  }

  private func subjects(of payments: [ID]) async throws -> TimelineSubjects {
    let invoices: [ID] = try await all(
      "select distinct invoice_id from payment where id = any(\(payments)::uuid[]) and invoice_id is not null")
    let refunds: [ID] = try await all("select id from refund where payment_id = any(\(payments)::uuid[])")
    let payouts: [ID] = try await all(
      "select id from payout where kind = 'refund' and reference_id = any(\(refunds)::uuid[])")
    return TimelineSubjects(payments: payments, invoices: invoices, refunds: refunds, payouts: payouts)
  }

  private func history(_ ids: [ID]) async throws -> [TimelineEntry] {
    try await all(
      """
      select created_at as at, 'history' as kind, entity, entity_id, trigger as what, from_state, to_state,
        null as response_status, null as error_code, actor, note, null::jsonb as amounts
      from state_history
      where entity in ('payment', 'invoice', 'refund', 'payout', 'order') and entity_id = any(\(ids)::uuid[])
      order by created_at desc, id desc limit \(Self.longest)
      """)
  }

  private func calls(_ subjects: TimelineSubjects) async throws -> [TimelineEntry] {
    try await all(
      """
      select created_at as at, 'gateway_call' as kind,
        case when invoice_id is not null then 'invoice' when refund_id is not null then 'refund' else 'payout' end
          as entity,
        coalesce(invoice_id, refund_id, payout_id) as entity_id, action as what, null as from_state, null as to_state,
        response_status, error_code, null as actor, null as note, null::jsonb as amounts
      from gateway_log
      where invoice_id = any(\(subjects.invoices)::uuid[]) or refund_id = any(\(subjects.refunds)::uuid[])
        or payout_id = any(\(subjects.payouts)::uuid[])
      order by created_at desc, id desc limit \(Self.longest)
      """)
  }

  private func journals(_ ids: [ID]) async throws -> [TimelineEntry] {
    try await all(
      """
      select occurred_at as at, 'journal' as kind, split_part(reference_type, ':', 1) as entity,
        reference_id as entity_id, kind as what, null as from_state, null as to_state, null as response_status,
        null as error_code, actor, description as note,
        (select jsonb_agg(jsonb_build_object('account', account.code, 'amount', entry.amount) order by seq)
          from transaction_ledger_entry entry join ledger_account account on account.id = entry.account_id
          where entry.transaction_id = journal.id) as amounts
      from transaction_ledger journal where reference_id = any(\(ids)::uuid[])
      order by occurred_at desc, id desc limit \(Self.longest)
      """)
  }
}
