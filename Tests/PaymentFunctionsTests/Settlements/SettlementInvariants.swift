import FunctionKit

/// What holds whatever happens, as statements that count what breaks it.
enum SettlementInvariants {
  static let all: [(name: String, broken: SQL)] = sums + rows + books

  private static let sums: [(name: String, broken: SQL)] = [
    (
      "a settlement comes to what its lines, adjustments and carries say",
      """
      select count(*) from settlement s
      cross join lateral (select coalesce(sum(gross), 0) as gross, coalesce(sum(refunds), 0) as refunds,
        coalesce(sum(commission), 0) as commission, count(*) as orders
        from settlement_line where settlement_id = s.id) line
      where (s.gross, s.refunds, s.commission, s.order_count)
          <> (line.gross, line.refunds, line.commission, line.orders)
        or s.adjustments <> (select coalesce(sum(amount), 0) from settlement_adjustment where settlement_id = s.id)
        or s.carry_in <> (select coalesce(sum(carry_out), 0) from settlement where carried_to = s.id)
        or s.net <> s.gross - s.refunds - s.commission + s.adjustments + s.carry_in
      """
    ),
    (
      "a batch that is done comes to what its settlements come to",
      """
      select count(*) from settlement_batch b
      cross join lateral (select count(*) as sellers, count(*) filter (where status = 'completed') as settled,
        count(*) filter (where status = 'carried_forward') as carried,
        count(*) filter (where status in ('held', 'calculated')) as held, coalesce(sum(net), 0) as net,
        coalesce(sum(gross - refunds - commission + adjustments + carry_in), 0) as again
        from settlement where batch_id = b.id) s
      where b.status <> 'running' and ((b.sellers, b.settled, b.carried, b.held, b.net)
        <> (s.sellers, s.settled, s.carried, s.held, s.net) or b.net <> s.again)
      """
    ),
    (
      "little is carried on, and nothing else",
      """
      select count(*) from settlement where (net < 50000) <> (status = 'carried_forward')
        or carry_out <> case when status = 'carried_forward' then net else 0 end or status = 'approved'
      """
    ),
  ]

  private static let rows: [(name: String, broken: SQL)] = [
    (
      "a sale is in one line exactly once it is settled, and completed in time for it",
      """
      select count(*) from commission_ledger c
      left join settlement_line l on l.commission_id = c.id
      left join settlement s on s.id = l.settlement_id left join settlement_batch b on b.id = s.batch_id
      where c.settlement_id is distinct from l.settlement_id or s.seller_id <> c.seller_id
        or c.collectible_at >= (b.period_end::timestamp at time zone 'Asia/Jakarta')
      """
    ),
    (
      "a commission is collected with its settlement, and a waived one is not taken",
      """
      select count(*) from commission_ledger c
      left join settlement_line l on l.commission_id = c.id left join settlement s on s.id = l.settlement_id
      where (c.status = 'collected')
          <> coalesce(s.status in ('completed', 'carried_forward') and c.status not in ('waived', 'refunded'), false)
        or (c.status = 'waived' and l.commission <> 0) or (c.status = 'pending' and s.id is not null)
        or (c.status = 'collected' and l.commission <> c.commission_amount)
      """
    ),
    (
      "a settlement is announced once it is completed, with its amounts",
      """
      select count(*) from settlement s where (status = 'completed')::int <> (
        select count(*) from lakoo.outbox where type = 'settlement.completed' and subject = s.id::text
          and (convert_from(data, 'UTF8')::jsonb ->> 'netAmount')::bigint = s.net)
      """
    ),
    (
      "a commission is announced once it is collected",
      """
      select count(*) from commission_ledger c where (status = 'collected')::int <> (
        select count(*) from lakoo.outbox where type = 'commission.collected' and subject = c.id::text)
      """
    ),
    (
      "what is given back after its settlement is taken off, and its commission given back",
      """
      select count(*) from commission_ledger c join settlement_line l on l.commission_id = c.id
      cross join lateral (
        select coalesce(sum(a.amount) filter (where a.kind = 'refund_clawback'), 0) as clawback,
          coalesce(sum(a.amount) filter (where a.kind = 'commission_return'), 0) as returned
        from refund_line part join settlement_adjustment a on a.reference_id = part.id
        where part.payment_line_id = c.payment_line_id) later
      where -later.clawback <> c.reversed_base - l.refunds
        or later.returned <> case when c.status = 'waived' then 0
          else l.commission - ((c.base_amount - c.reversed_base) * c.rate_bp + 5000) / 10000 end
      """
    ),
  ]

  private static let books: [(name: String, broken: SQL)] = [
    (
      "what the books owe a seller is what is not settled yet, and no fee was taken",
      """
      select count(*) from ledger_account account
      cross join lateral (select coalesce(sum(amount), 0) as balance from transaction_ledger_entry
        where account_id = account.id) books
      where account.code like 'liab:seller:%' and -books.balance <>
        (select coalesce(sum(base_amount - reversed_base), 0) from commission_ledger
          where seller_id = account.owner_id and settlement_id is null)
        + (select coalesce(sum(a.amount), 0) from settlement_adjustment a left join settlement s on s.id = a.settlement_id
          where a.seller_id = account.owner_id and a.kind = 'refund_clawback'
            and (s.id is null or s.status not in ('completed', 'carried_forward')))
        + (select coalesce(sum(gross - refunds + carry_in), 0) from settlement
          where seller_id = account.owner_id and status not in ('completed', 'carried_forward'))
        + (select coalesce(sum(carry_out), 0) from settlement
          where seller_id = account.owner_id and carried_to is null)
      """
    ),
    (
      "the commission earned is what was collected less what was given back",
      """
      select count(*) from (select coalesce(sum(entry.amount), 0) as earned from transaction_ledger_entry entry
        join ledger_account account on account.id = entry.account_id where account.code = 'rev:commission') books
      where -earned <> (select coalesce(sum(commission), 0) from settlement where status in ('completed', 'carried_forward'))
        - (select coalesce(sum(a.amount), 0) from settlement_adjustment a join settlement s on s.id = a.settlement_id
          where a.kind = 'commission_return' and s.status in ('completed', 'carried_forward'))
      """
    ),
    (
      "the wallet is credited what refunds and settlements say, and nothing else",
      """
      select count(*) from (select coalesce(sum(entry.amount), 0) as credited from transaction_ledger_entry entry
        join ledger_account account on account.id = entry.account_id where account.code = 'clearing:wallet') books
      where -credited <> (select coalesce(sum(wallet_part), 0) from refund where status = 'completed')
        + (select coalesce(sum(net), 0) from settlement where status = 'completed')
      """
    ),
  ]
}
