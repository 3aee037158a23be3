import FaultTesting
import FunctionKit

extension Shopping {
  /// Money is neither lost nor doubled, nothing is left half done, and everybody has been told once.
  static let invariants: [Invariant] = rows + books + announcements

  /// So that the others speak of something.
  static let somePaid = Invariant.some(
    "payments that were paid", in: "payment", "select count(*) from payment where status = 'paid'")
  static let someExpired = Invariant.some(
    "payments that expired", in: "payment", "select count(*) from payment where status = 'expired'")

  private static let rows: [Invariant] = [
    .zero(
      "orders with more than one payment", in: "payment",
      "select count(*) from (select from payment group by reference_id having count(*) > 1) doubled"),
    .zero(
      "payments without lines", in: "payment",
      "select count(*) from payment p where not exists (select from payment_line where payment_id = p.id)"),
    .zero(
      "payments left pending", in: "payment",
      "select count(*) from payment where status = 'pending'"),
    .zero(
      "invoices left half-way", in: "payment",
      "select count(*) from gateway_invoice where status in ('creating', 'stale')"),
    .zero(
      "deliveries parked for a person", in: "payment",
      "select count(*) from webhook_inbox where status = 'parked'"),
    .zero(
      "references with more than one invoice at the provider", in: "sandbox",
      "select count(*) from (select from invoice group by external_id having count(*) > 1) doubled"),
  ]

  private static let books: [Invariant] = [
    .equal(
      "money that the provider has taken, and money in the books", in: "sandbox",
      "select coalesce(sum(amount), 0)::bigint from invoice where status in ('PAID', 'SETTLED')", in: "payment",
      """
      select coalesce(sum(entry.amount), 0)::bigint from transaction_ledger_entry entry
      join ledger_account account on account.id = entry.account_id
      where account.code = 'asset:xendit' and entry.amount > 0
      """),
    .zero(
      "transactions that do not balance", in: "payment",
      """
      select count(*) from (
        select from transaction_ledger_entry group by transaction_id having sum(amount) <> 0) unbalanced
      """),
    .zero(
      "paid payments without exactly one capture in the books", in: "payment",
      """
      select count(*) from payment p where status = 'paid'
        and 1 <> (select count(*) from transaction_ledger
          where kind in ('capture', 'capture_topup') and reference_id = p.id)
      """),
    .zero(
      "payments that ended unpaid with money that does not go back", in: "payment",
      """
      select count(*) from payment p join gateway_invoice i on i.id = p.invoice_id
      where p.status <> 'paid' and i.paid_amount is not null
        and p.amount <> (select coalesce(sum(amount), 0) from refund where payment_id = p.id)
      """),
    .zero(
      "refunds that were approved and not sent", in: "payment",
      "select count(*) from refund where status in ('approved', 'processing') and method = 'original_payment'"),
    .zero(
      "refunds that were sent and not booked, or booked and not sent", in: "payment",
      """
      select count(*) from refund r where (processing_at is null)::int
        <> 1 - (select count(*) from transaction_ledger where kind = 'refund_start' and reference_id = r.id)
      """),
    .zero(
      "refunds of paid payments", in: "payment",
      "select count(*) from refund r join payment p on p.id = r.payment_id where p.status = 'paid'"),
  ]

  private static let announcements: [Invariant] = [
    .equal(
      "paid invoices and money announced, in time or late", in: "sandbox",
      "select count(*) from invoice where status in ('PAID', 'SETTLED')", in: "payment",
      """
      select count(*) from lakoo.outbox where type in ('payment.paid', 'payment.late_captured', 'wallet_topup.paid')
        and not exists (select from payment where id::text = subject and gateway_amount = 0)
      """),
    .zero(
      "paid payments without exactly one event", in: "payment",
      """
      select count(*) from payment p where status = 'paid' and 1 <> (select count(*) from lakoo.outbox
        where purpose = 'order' and type = 'payment.paid' and subject = p.id::text
          or purpose = 'wallet_topup' and type = 'wallet_topup.paid' and subject = p.reference_id::text)
      """),
    .equal(
      "payments and those told that theirs was paid", in: "payment",
      "select count(*) from payment where status = 'paid' and purpose = 'order'", in: "notification",
      "select count(*) from notification where type = 'payment_success'"),
    .zero(
      "orders told of twice", in: "notification",
      """
      select count(*) from (
        select from notification where type = 'payment_success' group by related_id having count(*) > 1) doubled
      """),
    .equal(
      "expired payments and those told so", in: "payment",
      "select count(*) from lakoo.outbox where type = 'payment.expired'", in: "notification",
      "select count(distinct related_id) from notification where type = 'payment_expired'"),
  ]
}
