public import FunctionKit

/// A payment provider for development: it answers as Xendit's invoices do, shows a page to pay on, and calls back.
public enum Sandbox: FunctionBundle {
  public static let functions: [Registered] = [
    .endpoint(CreateInvoice.self),
    .endpoint(GetInvoice.self),
    .endpoint(ListInvoices.self),
    .endpoint(ExpireInvoice.self),
    .endpoint(ShowCheckout.self),
    .endpoint(PayAtCheckout.self),
    .endpoint(ExpireAtCheckout.self),
    .event(DeliverInvoiceWebhook.self),
    .cron(ExpireInvoices.self),
  ]
}
