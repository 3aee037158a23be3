import FunctionKit

/// Takes what the bridge tells of a WhatsApp message.
struct WhatsAppStatus: Webhook {
  struct Input: Delivery {
    var id: String
    var status: String
    var number: String?
    var error: String?

    var deliveryID: String { "\(id):\(status)" }
  }

  func handle(_ input: Input, context: Context) async throws {
    try await context.ownWork.take(
      input.report, kind: "whatsapp", key: input.deliveryID, body: ["status": .string(input.status)])
  }
}

extension WhatsAppStatus.Input {
  var report: StatusReport {
    var report = StatusReport(
      carrier: "whatsapp", channel: .whatsapp, messageID: id, address: PhoneNumber.normal(number.map { "+" + $0 }))
    switch status {
    case "sent": report.status = .sent
    case "delivered": report.status = .delivered
    case "read": report.status = .opened
    case "failed":
      (report.status, report.code) = (.failed, "whatsapp_" + String((error ?? "failed").prefix(60)))
      report.meaning = error == "not_on_whatsapp" ? .lost(.invalid) : .away
    default: break
    }
    return report
  }
}
