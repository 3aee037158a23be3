public import FunctionKit

/// Payments of orders: what is owed, its collection by the provider, its return, the books, and the commissions.
public enum Payment: FunctionBundle {
  public static let functions: [Registered] = [
    .endpoint(CreatePayment.self),
    .endpoint(GetPayment.self),
    .endpoint(GetPaymentByOrder.self),
    .endpoint(ListChannels.self),
    .endpoint(CreateRefund.self),
    .endpoint(CreateInternalRefund.self),
    .endpoint(SetRefundAccount.self),
    .endpoint(GetRefund.self),
    .endpoint(ListMyRefunds.self),
    .endpoint(ListRefundsByOrder.self),
    .endpoint(ApproveRefund.self),
    .endpoint(RejectRefund.self),
    .endpoint(RetryRefund.self),
    .endpoint(CompleteManualRefund.self),
    .endpoint(CreatePayout.self),
    .endpoint(GetPayout.self),
    .endpoint(ListPayouts.self),
    .endpoint(RetryPayout.self),
    .endpoint(GetCommission.self),
    .endpoint(GetCommissionByNumber.self),
    .endpoint(ListOrderCommissions.self),
    .endpoint(WaiveCommission.self),
    .event(CancelPaymentOnOrderCancelled.self),
    .cron(ExpirePayments.self),
    .cron(PollPayouts.self),
    .cron(RecoverGatewayCalls.self),
    .webhook(XenditInvoiceWebhook.self),
    .webhook(XenditRefundWebhook.self),
    .webhook(XenditPayoutWebhook.self),
  ]
}
