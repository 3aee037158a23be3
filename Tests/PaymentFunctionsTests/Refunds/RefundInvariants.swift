import FunctionKit

/// What holds whatever happens, as statements that count what breaks it.
enum RefundInvariants {
  /// Sellers whose account does not say that they owe what they were paid, once all they sold has been given back.
  static let keptBySellers: SQL = """
    select count(*) from ledger_account account
    cross join lateral (select coalesce(sum(amount), 0) as owed from transaction_ledger_entry
      where account_id = account.id) books
    where owner_id is not null and owed <> (select coalesce(sum(net), 0) from settlement
      where seller_id = owner_id and status = 'completed')
    """

  static let all: [(name: String, broken: SQL)] = [
    (
      "what is reserved and refunded is what the refunds say, and never more than was taken",
      """
      select count(*) from payment p where refund_reserved + refunded_amount > captured_amount + late_captured_amount
        or refund_reserved <> (select coalesce(sum(amount), 0) from refund
          where payment_id = p.id and status not in ('rejected', 'completed'))
        or refunded_amount <> (select coalesce(sum(amount), 0) from refund
          where payment_id = p.id and status = 'completed')
      """
    ),
    (
      "each part of each line gives back what its refunds say",
      """
      select count(*) from payment_line l
      cross join lateral (
        select coalesce(sum(merchandise), 0) as merchandise, coalesce(sum(shipping), 0) as shipping,
          coalesce(sum(tax), 0) as tax, coalesce(sum(fee), 0) as fee, coalesce(sum(seller_reversal), 0) as reversal
        from refund_line part join refund on refund.id = part.refund_id
        where part.payment_line_id = l.id and refund.status <> 'rejected') given
      where (refunded_merchandise, refunded_shipping, refunded_tax, refunded_fee)
          <> (given.merchandise, given.shipping, given.tax, given.fee)
        or given.reversal > merchandise_amount
      """
    ),
    (
      "a seller has given back what the refunds that began say",
      """
      select count(*) from commission_ledger c where reversed_base <> (
        select coalesce(sum(seller_reversal), 0) from refund_line part join refund on refund.id = part.refund_id
        where part.payment_line_id = c.payment_line_id and refund.processing_at is not null)
      """
    ),
    (
      "a commission is that of what is left of the sale, or is frozen and the difference is given back",
      """
      select count(*) from commission_ledger c
      cross join lateral (select ((base_amount - reversed_base) * rate_bp + 5000) / 10000 as owed) now
      where (status in ('pending', 'collectible', 'refunded') and commission_amount <> now.owed)
        or (status = 'collected' and commission_amount - now.owed <> (
          select coalesce(sum(a.amount), 0) from settlement_adjustment a join refund_line part on part.id = a.reference_id
          where a.kind = 'commission_return' and part.payment_line_id = c.payment_line_id))
        or (status = 'refunded') <> (reversed_base = base_amount and base_amount > 0 and status <> 'collected')
      """
    ),
    (
      "money that belonged to no order goes back",
      """
      select count(*) from payment p where late_captured_amount <> (
        select coalesce(sum(amount), 0) from refund where payment_id = p.id
          and reason in ('late_payment', 'overpayment', 'duplicate_payment') and status <> 'rejected')
      """
    ),
    (
      "what began and has not arrived is owed to the buyer",
      """
      select count(*) from (select coalesce(sum(entry.amount), 0) as owed from transaction_ledger_entry entry
        join ledger_account account on account.id = entry.account_id where account.code = 'liab:refund') books
      where -owed <> (select coalesce(sum(amount), 0) from refund
        where processing_at is not null and status in ('processing', 'failed'))
      """
    ),
    (
      "the wallet is credited what completed refunds say",
      """
      select count(*) from (select coalesce(sum(entry.amount), 0) as credited from transaction_ledger_entry entry
        join ledger_account account on account.id = entry.account_id
        join transaction_ledger journal on journal.id = entry.transaction_id
        where account.code = 'clearing:wallet' and journal.kind = 'refund_done') books
      where -credited <> (select coalesce(sum(wallet_part), 0) from refund where status = 'completed')
        or -credited <> (select coalesce(sum((convert_from(data, 'UTF8')::jsonb ->> 'walletAmount')::bigint), 0) from lakoo.outbox
          where type = 'refund.completed')
      """
    ),
    (
      "sellers and the house have what was sold less what was given back, whatever was told of the order",
      """
      select count(*) from (select coalesce(sum(entry.amount), 0) as sold from transaction_ledger_entry entry
        join ledger_account account on account.id = entry.account_id
        join transaction_ledger journal on journal.id = entry.transaction_id
        where (account.code like 'liab:seller:%' or account.code = 'rev:house_sales')
          and journal.kind in ('capture', 'refund_start', 'base_correction')) books
      where -sold <> (select coalesce(sum(line.merchandise_amount), 0) from payment_line line
          join payment on payment.id = payment_id where paid_at is not null)
        - (select coalesce(sum(seller_reversal), 0) from refund_line part join refund on refund.id = part.refund_id
          where processing_at is not null)
      """
    ),
    (
      "the house bears the shipping that a courier has earned, and nothing that a seller is to give back",
      """
      select count(*) from (select coalesce(sum(entry.amount), 0) as borne from transaction_ledger_entry entry
        join ledger_account account on account.id = entry.account_id where account.code = 'exp:absorbed') books
      where borne <> (select coalesce(sum(part.shipping), 0) from refund_line part
        join refund on refund.id = part.refund_id where was_handed_over and processing_at is not null)
      """
    ),
    (
      "a sale is settled once, and only without a refund under way",
      """
      select count(*) from settlement_line line join commission_ledger c on c.id = line.commission_id
      where line.gross <> c.base_amount or line.refunds > c.reversed_base or c.settlement_id <> line.settlement_id
      """
    ),
    (
      "a refund is completed once",
      """
      select count(*) from refund r where (status = 'completed')::int <> (
        select count(*) from lakoo.outbox where type = 'refund.completed' and subject = r.id::text)
      """
    ),
  ]
}
