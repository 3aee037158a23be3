import FaultTesting
import FunctionKit

/// What the books must say at a month's end, reckoned anew from what was announced and from what the provider has.
enum MonthBooks {
  static let invariants: [Invariant] = ledgers + accounts + sellers + wallets + once + reconciliations

  private static let ledgers: [Invariant] = [
    .zero(
      "transactions that do not balance", in: "payment",
      """
      select count(*) from (
        select from transaction_ledger_entry group by transaction_id having sum(amount) <> 0) unbalanced
      """),
    .zero(
      "transactions of wallets that do not balance", in: "wallet",
      "select count(*) from (select from ledger_entry group by transaction_id having sum(amount) <> 0) unbalanced"),
    .equal(
      "what the two ledgers say of the account between them", in: "payment", balance("clearing:wallet"), in: "wallet",
      """
      select coalesce(-sum(entry.amount), 0)::bigint from ledger_entry entry
      join ledger_account account on account.id = entry.account_id where account.code = 'clearing:payment'
      """),
  ]

  private static let accounts: [Invariant] = [
    .equal(
      "what the books say the provider has, and what it says", in: "payment", balance("asset:xendit"), in: "sandbox",
      """
      select coalesce(sum(case
          when cashflow = 'MONEY_IN' and status = 'SUCCESS' then amount - fee - tax
          when cashflow = 'MONEY_OUT' and status = 'SUCCESS' then -(amount + fee + tax)
          else 0 end), 0)::bigint from txn
      """),
    .zero("money under way", in: "payment", balance("liab:refund", "liab:payout", "liab:suspense")),
    .equal(
      "buyers' fees", in: "payment", "select (\(balance("rev:buyer_fee"))) + (\(topUpFees))", in: "payment",
      sum("payment.paid", of: "-(data->>'feeAmount')::bigint", "refund.completed", less: "(data->>'feeAmount')::bigint")
    ),
    .equal(
      "shipping, and what of it is borne by the platform", in: "payment", balance("liab:courier", "exp:absorbed"),
      in: "payment",
      sum(
        "payment.paid", of: "-(data->>'shippingAmount')::bigint",
        "refund.completed", less: "(data->>'shippingAmount')::bigint")),
    .equal(
      "commissions", in: "payment", balance("rev:commission"), in: "payment",
      """
      select (select coalesce(-sum((data->>'commissionAmount')::bigint), 0) from \(events) where type = 'commission.collected')
        + (select coalesce(sum(commission), 0) from \(reversals) reversal)::bigint
      """),
    .equal(
      "the house's sales, and vouchers", in: "payment", balance("rev:house_sales", "exp:platform_discount"),
      in: "payment",
      sum(
        "payment.paid",
        of: """
          (data->>'merchandiseAmount')::bigint + (data->>'shippingAmount')::bigint + (data->>'feeAmount')::bigint
            - (data->>'amount')::bigint - (
              select coalesce(sum((seller->>'merchandiseAmount')::bigint), 0)
              from jsonb_array_elements(data->'sellers') seller where seller->>'sellerId' is null)
          """,
        "refund.completed",
        less: """
          (data->>'merchandiseAmount')::bigint - (
            select coalesce(sum((reversal->>'amount')::bigint), 0)
            from jsonb_array_elements(data->'sellerReversals') reversal)
          """)),
  ]

  /// Refunds of money that belonged to an order; what came too late never was anybody's.
  static let events: SQL = """
    (select seq, type, convert_from(data, 'utf8')::jsonb as data from lakoo.outbox
      where convert_from(data, 'utf8')::jsonb->>'reason' is distinct from 'late_payment') event
    """

  /// What was paid for top-ups over what they brought, which is told to nobody.
  private static let topUpFees: SQL = """
    select coalesce(sum(invoice.paid_amount), 0)::bigint - (
      select coalesce(sum((data->>'amount')::bigint), 0)::bigint from \(events) where type = 'wallet_topup.paid')
    from gateway_invoice invoice join payment on payment.invoice_id = invoice.id where payment.purpose = 'wallet_topup'
    """

  /// The sum of balances, by the accounts' codes.
  static func balance(_ codes: String...) -> SQL {
    """
    select coalesce(sum(entry.amount), 0)::bigint from transaction_ledger_entry entry
    join ledger_account account on account.id = entry.account_id where account.code = any(\(codes)::text[])
    """
  }

  /// What two kinds of events come to.
  private static func sum(_ first: String, of one: SQL, _ second: String, less other: SQL) -> SQL {
    """
    select coalesce(sum(case type when \(first) then \(one) when \(second) then \(other) end), 0)::bigint
    from \(events)
    """
  }

  /// What refunds took back from sellers, and of the commission what had been collected by then: what was not is collected
  /// on the rest alone.
  static let reversals: SQL = """
    (select seller, amount, case when collected.seq < approved.seq then returned else 0 end as commission
      from (
        select data->>'refundId' as refund, data->>'orderId' as sale, reversal->>'sellerId' as seller,
          (reversal->>'amount')::bigint as amount, (reversal->>'commissionReturned')::bigint as returned
        from \(events), jsonb_array_elements(data->'sellerReversals') reversal where type = 'refund.completed'
      ) back
      join (select data->>'refundId' as refund, seq from \(events) where type = 'refund.approved') approved using (refund)
      left join (
        select data->>'orderId' as sale, data->>'sellerId' as seller, seq
        from \(events) where type = 'commission.collected') collected using (sale, seller))
    """
}
