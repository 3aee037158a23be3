import FunctionKit

/// Takes what SendGrid tells of mails: several reports at once, each heeded once.
struct SendGridEvents: Webhook {
  func handle(_ input: SendGridDelivery, context: Context) async throws {
    for event in input.events {
      try await context.ownWork.take(event.report, kind: "sendgrid", key: event.id, body: event.kept)
    }
  }
}

struct SendGridDelivery: Delivery {
  let events: [SendGridEvent]

  init(from decoder: any Decoder) throws {
    events = (try [JSON](from: decoder)).compactMap(SendGridEvent.init)
  }
}

extension SendGridDelivery: SchemaDescribing {
  static var jsonSchema: JSON {
    let event: JSON = [
      "type": "object",
      "properties": [
        "sg_event_id": ["type": "string"], "sg_message_id": ["type": "string"], "event": ["type": "string"],
        "msg_id": ["type": "string"],
      ], "required": ["sg_event_id", "event"],
    ]
    return ["type": "array", "items": event]
  }
}

/// One report; what lacks an id or says nothing of a message is none.
struct SendGridEvent: Sendable {
  let id: String
  let report: StatusReport
  /// What is kept of it: nothing of the person.
  let kept: JSON

  init?(_ json: JSON) {
    guard let id = json["sg_event_id"]?.string, let event = json["event"]?.string else { return nil }
    self.id = id
    let isHard = json["type"]?.string != "blocked"
    let reason = json["reason"]?.string ?? ""
    var report = StatusReport(
      carrier: "sendgrid", channel: .email, messageID: sendGridMessageID(json["sg_message_id"]?.string ?? ""),
      notificationID: json["msg_id"]?.string.flatMap(ID.init), address: json["email"]?.string)
    switch event {
    case "delivered": report.status = .delivered
    case "open": report.status = .opened
    case "click": report.status = .clicked
    case "bounce":
      (report.status, report.code) = (.bounced, isHard ? "bounce" : "blocked")
      report.meaning = isHard ? .lost(.bounce) : .away
    case "dropped":
      (report.status, report.code) = (.failed, "dropped")
      report.meaning = dropMeaning(reason)
    case "spamreport": report.meaning = .lost(.complaint)
    case "unsubscribe": report.meaning = .unsubscribed
    default: break
    }
    self.report = report
    kept = ["event": .string(event), "type": json["type"] ?? .null]
  }
}

/// The id that the mail was taken under stands before the first point.
private func sendGridMessageID(_ text: String) -> String {
  String(text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).first ?? "")
}

/// What they do not send because of what came back to them before.
private func dropMeaning(_ reason: String) -> StatusReport.Address? {
  switch reason {
  case "Bounced Address": .lost(.bounce)
  case "Spam Reporting Address": .lost(.complaint)
  case "Invalid": .lost(.invalid)
  case "Unsubscribed Address": .unsubscribed
  default: nil
  }
}
