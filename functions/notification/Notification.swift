public import FunctionKit

/// What users are told, over which channel, and what they have read.
public enum Notification: FunctionBundle {
  public static var functions: [Registered] {
    [
      .endpoint(ListNotifications.self), .endpoint(UnreadCount.self), .endpoint(GetNotification.self),
      .endpoint(MarkRead.self), .endpoint(MarkUnread.self), .endpoint(MarkAllRead.self),
      .event(NotifyPaymentPaid.self), .event(NotifyPaymentTrouble.self),
    ]
  }
}
