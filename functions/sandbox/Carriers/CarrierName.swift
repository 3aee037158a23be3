import FunctionKit

/// Who carries messages.
enum CarrierName: String, Codable, CaseIterable, Sendable, SQLValue {
  case sendgrid, twilio, fcm, whatsapp

  /// What the merchant is told of a message, in the carrier's words. FCM tells nothing.
  var reports: [String] {
    switch self {
    case .sendgrid: ["delivered", "open", "click", "bounce", "blocked", "spamreport", "unsubscribe"]
    case .twilio: ["sent", "delivered", "undelivered", "failed"]
    case .whatsapp: ["sent", "delivered", "read", "failed"]
    case .fcm: []
    }
  }
}

/// What a carrier is told to do to every call.
enum CarrierFault: String, Codable, CaseIterable, Sendable, SQLValue {
  case timeoutBefore = "timeout_before"
  case timeoutAfter = "timeout_after"
  case serverError = "server_error"
  case rateLimited = "rate_limited"
  case reject
}
