import FaultTesting
import FunctionKit

extension MonthBooks {
  /// Every seller's own account: sold, less given back, less commission, less paid out.
  static let sellers: [Invariant] = [
    .zero(
      "sellers whose account is not what was announced", in: "payment",
      """
      with announced as (
        select seller->>'sellerId' as seller, -(seller->>'merchandiseAmount')::bigint as amount
        from \(events), jsonb_array_elements(data->'sellers') seller where type = 'payment.paid'
        union all
        select seller, amount - commission from \(reversals) reversal
        union all
        select data->>'sellerId', (data->>'commissionAmount')::bigint from \(events)
        where type = 'commission.collected'
        union all
        select data->>'sellerId', (data->>'netAmount')::bigint from \(events) where type = 'settlement.completed'
      ), expected as (
        select seller, sum(amount) as amount from announced where seller is not null group by seller
      ), booked as (
        select account.owner_id::text as seller, sum(entry.amount) as amount
        from transaction_ledger_entry entry join ledger_account account on account.id = entry.account_id
        where account.owner_id is not null group by account.owner_id
      )
      select count(*) from expected full join booked using (seller)
      where expected.amount is distinct from booked.amount
      """),
    .some("settlements", in: "payment", "select count(*) from settlement where status = 'completed'"),
    Invariant("four weeks are settled") { world in
      let weeks = try await world.value(
        in: "payment", "select count(*) from settlement_batch where status = 'completed' and sellers > 0")
      return weeks >= 4 ? nil : "only \(weeks)"
    },
    .zero(
      "batches that are not what their settlements come to", in: "payment",
      """
      select count(*) from settlement_batch batch where net <> (
        select coalesce(sum(gross - refunds - commission + adjustments + carry_in), 0)
        from settlement where batch_id = batch.id)
      """),
    .zero(
      "commissions of received orders left over", in: "payment",
      "select count(*) from commission_ledger where status = 'collectible'"),
  ]
}
