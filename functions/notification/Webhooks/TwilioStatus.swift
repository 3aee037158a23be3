import FunctionKit

/// Takes what Twilio tells of a text message.
struct TwilioStatus: Webhook {
  struct Input: Delivery {
    var MessageSid: String
    var MessageStatus: String
    var ErrorCode: String?
    var To: String?

    /// They repeat themselves word for word.
    var deliveryID: String { "\(MessageSid):\(MessageStatus)" }
  }

  func handle(_ input: Input, context: Context) async throws {
    let body: JSON = ["status": .string(input.MessageStatus), "code": input.ErrorCode.map(JSON.string) ?? .null]
    try await context.ownWork.take(input.report, kind: "twilio", key: input.deliveryID, body: body)
  }
}

extension TwilioStatus.Input {
  var report: StatusReport {
    var report = StatusReport(carrier: "twilio", channel: .sms, messageID: MessageSid, address: To)
    switch MessageStatus {
    case "sent": report.status = .sent
    case "delivered": report.status = .delivered
    case "read": report.status = .opened
    case "undelivered", "failed":
      (report.status, report.code) = (.failed, "twilio_" + (ErrorCode ?? MessageStatus))
      report.meaning = meaning
    default: break
    }
    return report
  }

  /// A number that there is not, that takes no texts, or whose owner has told us to stop; else it was away.
  private var meaning: StatusReport.Address {
    switch ErrorCode {
    case "21211", "21614", "30005", "30006": .lost(.invalid)
    case "21610": .lost(.unsubscribe)
    default: .away
    }
  }
}
