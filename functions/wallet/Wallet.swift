public import FunctionKit

/// What users have: refunds, credit and proceeds, in a ledger that is never changed and always balances.
public enum Wallet: FunctionBundle {
  public static var functions: [Registered] { own + internals + staff + events + crons }

  /// For the wallet's user.
  private static let own: [Registered] = [
    .endpoint(GetMyWallet.self), .endpoint(ListTransactions.self), .endpoint(GetTransaction.self),
    .endpoint(GetStatement.self), .endpoint(ListPromos.self),
    .endpoint(CreateTopUp.self), .endpoint(ListTopUps.self), .endpoint(GetTopUp.self), .endpoint(CancelTopUp.self),
    .endpoint(ListBankAccounts.self), .endpoint(AddBankAccount.self), .endpoint(SetDefaultBankAccount.self),
    .endpoint(RemoveBankAccount.self),
    .endpoint(CreateWithdrawal.self), .endpoint(ListWithdrawals.self), .endpoint(GetWithdrawal.self),
    .endpoint(CancelWithdrawal.self), .endpoint(SetAutoWithdraw.self),
  ]

  /// For other services.
  private static let internals: [Registered] = [
    .endpoint(EnsureWallet.self), .endpoint(GetWalletInternal.self),
    .endpoint(CreateHold.self), .endpoint(CaptureHold.self), .endpoint(ReleaseHold.self), .endpoint(GetHold.self),
    .endpoint(DebitWallet.self), .endpoint(CreditWallet.self), .endpoint(ReverseDebit.self),
    .endpoint(ClearingBalance.self),
  ]

  private static let staff: [Registered] = [
    .endpoint(ListWallets.self), .endpoint(GetWalletAdmin.self), .endpoint(ListAllTransactions.self),
    .endpoint(FreezeWallet.self), .endpoint(UnfreezeWallet.self), .endpoint(SuspendWallet.self),
    .endpoint(CloseWallet.self), .endpoint(RequestAdjustment.self), .endpoint(DecideAdjustment.self),
    .endpoint(ReviewWithdrawal.self), .endpoint(ListWithdrawalQueue.self),
    .endpoint(CreatePromotion.self), .endpoint(UpdatePromotion.self), .endpoint(ListPromotions.self),
    .endpoint(AwardPromotion.self),
    .endpoint(CreateCashbackRule.self), .endpoint(UpdateCashbackRule.self), .endpoint(DeleteCashbackRule.self),
    .endpoint(ListCashbackRules.self),
    .endpoint(TrialBalance.self), .endpoint(LedgerEntries.self), .endpoint(WalletStats.self),
  ]

  private static let events: [Registered] = [
    .event(CreditRefund.self), .event(CreditSettlement.self), .event(ApplyTopUp.self), .event(CloseTopUp.self),
    .event(FinishWithdrawal.self), .event(AwardCashback.self), .event(CloseOnUserDeleted.self),
  ]

  private static let crons: [Registered] = [
    .cron(ReleaseExpiredHolds.self), .cron(SubmitWithdrawals.self), .cron(PollWithdrawals.self),
    .cron(ExpirePromos.self), .cron(CreditCashback.self), .cron(AutoWithdraw.self), .cron(LedgerAudit.self),
  ]
}
