public import FunctionKit

/// What users are told, over which channel, and what they have read.
public enum Notification: FunctionBundle {
  public static var functions: [Registered] {
    [
      .endpoint(ListNotifications.self), .endpoint(UnreadCount.self), .endpoint(GetNotification.self),
      .endpoint(MarkRead.self), .endpoint(MarkUnread.self), .endpoint(MarkAllRead.self),
      .endpoint(DeleteNotification.self), .endpoint(GetPreferences.self), .endpoint(UpdatePreferences.self),
      .endpoint(MuteTarget.self), .endpoint(UnmuteTarget.self), .endpoint(ShowUnsubscribe.self),
      .endpoint(Unsubscribe.self), .endpoint(SendNotification.self), .endpoint(SendBulk.self),
      .endpoint(CancelScheduled.self), .endpoint(GetUserNotifications.self),
      .endpoint(GetUserNotificationsAdmin.self), .endpoint(ListTemplates.self), .endpoint(GetTemplate.self),
      .endpoint(CreateTemplate.self), .endpoint(UpdateTemplate.self), .endpoint(ActivateTemplate.self),
      .endpoint(RetireTemplate.self), .endpoint(PreviewTemplate.self), .endpoint(TestTemplate.self),
      .endpoint(ListRoutes.self), .endpoint(SetRoute.self), .endpoint(RegisterDevice.self),
      .endpoint(ListDevices.self), .endpoint(RemoveDevice.self), .endpoint(CreateBroadcast.self),
      .endpoint(ApproveBroadcast.self), .endpoint(CancelBroadcast.self), .endpoint(GetBroadcast.self),
      .endpoint(ListBroadcasts.self),
      .endpoint(ListDeliveries.self), .endpoint(ResendNotification.self), .endpoint(ListSuppressions.self),
      .endpoint(RemoveSuppression.self), .endpoint(NotificationStats.self),
      .event(NotifyPaymentPaid.self), .event(NotifyPaymentTrouble.self), .event(NotifyOrderShipped.self),
      .event(NotifyOrderDelivered.self), .event(NotifyOrderChange.self), .event(NotifyShipmentTrouble.self),
      .event(WelcomeUser.self), .event(RefreshRecipient.self), .event(EraseRecipient.self),
      .event(NotifySecurity.self), .event(CollectPostReaction.self), .event(CollectPostComment.self),
      .event(CollectFollow.self), .event(RetractReaction.self), .event(DropPostNotices.self),
      .event(NotifyMention.self), .event(NotifyFollowersOfPost.self), .event(NotifyProductDecision.self),
      .event(NotifyRefund.self), .event(NotifyBoostEnded.self), .event(NotifyModeration.self),
      .event(SchedulePaymentReminder.self), .event(DropPaymentReminder.self), .event(NotifyPayout.self),
      .event(NotifyOps.self), .event(NotifyReview.self), .event(NotifySeller.self), .event(NotifyAdvertiser.self),
      .event(NotifyTicket.self), .event(NotifyShopper.self),
      .cron(FlushSocialBatches.self), .cron(Prune.self), .cron(DispatchDue.self),
      .cron(FoldDailyCounts.self), .cron(RunBroadcasts.self), .cron(DigestNewsletter.self),
      .webhook(SendGridEvents.self), .webhook(TwilioStatus.self), .webhook(WhatsAppStatus.self),
    ]
  }
}
