public import FunctionKit

/// A payment provider and carriers of messages for development: they answer as Xendit, SendGrid, Twilio, FCM and a WhatsApp
/// bridge do, show a page to pay on and one with what was sent, call back, and misbehave when told to.
public enum Sandbox: FunctionBundle {
  public static let functions: [Registered] = api + carriers + pages + work

  private static let api: [Registered] = [
    .endpoint(CreateInvoice.self),
    .endpoint(GetInvoice.self),
    .endpoint(ListInvoices.self),
    .endpoint(ExpireInvoice.self),
    .endpoint(CreateRefund.self),
    .endpoint(GetRefund.self),
    .endpoint(ListRefunds.self),
    .endpoint(CancelRefund.self),
    .endpoint(CreatePayout.self),
    .endpoint(GetPayout.self),
    .endpoint(ListPayouts.self),
    .endpoint(CancelPayout.self),
    .endpoint(ListPayoutChannels.self),
    .endpoint(ListTransactions.self),
    .endpoint(GetTransaction.self),
    .endpoint(GetBalance.self),
  ]

  private static let carriers: [Registered] = [
    .endpoint(SendMail.self),
    .endpoint(SendText.self),
    .endpoint(SendChat.self),
    .endpoint(SendPush.self),
    .endpoint(GrantAccess.self),
  ]

  private static let pages: [Registered] = [
    .endpoint(ShowCheckout.self),
    .endpoint(PayAtCheckout.self),
    .endpoint(FailAtCheckout.self),
    .endpoint(ExpireAtCheckout.self),
    .endpoint(ShowControl.self),
    .endpoint(GetFaults.self),
    .endpoint(SetFaults.self),
    .endpoint(UseFaults.self),
    .endpoint(ResendWebhooks.self),
    .endpoint(ShowOutbox.self),
    .endpoint(UseCarrierFault.self),
    .endpoint(ReportMessage.self),
  ]

  private static let work: [Registered] = [
    .event(DeliverWebhook.self),
    .event(FinishRefund.self),
    .event(FinishPayout.self),
    .cron(ExpireInvoices.self),
    .cron(SettleInvoices.self),
    .cron(SendDueWebhooks.self),
    .cron(ReversePayouts.self),
  ]
}
