public import FunctionKit

/// Payments of orders: what is owed, its collection by the provider, the books, and the commissions.
public enum Payment: FunctionBundle {
  public static let functions: [Registered] = [
    .endpoint(CreatePayment.self),
    .endpoint(GetPayment.self),
    .endpoint(GetPaymentByOrder.self),
    .endpoint(ListChannels.self),
    .cron(ExpirePayments.self),
    .cron(RecoverGatewayCalls.self),
    .webhook(XenditInvoiceWebhook.self),
  ]
}
