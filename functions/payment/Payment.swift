public import FunctionKit

/// Payments of orders: what is owed, its collection by the provider, the books, and the commissions.
public enum Payment: FunctionBundle {
  public static let functions: [Registered] = [
    .endpoint(CreatePayment.self),
    .endpoint(GetPayment.self),
    .endpoint(GetPaymentByOrder.self),
    .endpoint(ListChannels.self),
    .endpoint(CreatePayout.self),
    .endpoint(GetPayout.self),
    .endpoint(ListPayouts.self),
    .endpoint(RetryPayout.self),
    .cron(ExpirePayments.self),
    .cron(PollPayouts.self),
    .cron(RecoverGatewayCalls.self),
    .webhook(XenditInvoiceWebhook.self),
    .webhook(XenditPayoutWebhook.self),
  ]
}
