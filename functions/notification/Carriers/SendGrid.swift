import FunctionKit

extension Carrier {
  /// E-mail.
  static func sendGrid(_ context: Context) -> Carrier {
    Carrier(name: "sendgrid") { letter, address in
      var request = UpstreamRequest("sendgrid", "POST", "/v3/mail/send")
      request.headers.append((name: "authorization", value: "Bearer " + (try context.secret("SENDGRID_API_KEY"))))
      try request.setBody(json: sendGridMail(letter, to: address, context))
      return try await context.carry(request, sendGridVerdict)
    }
  }
}

/// A mail as SendGrid takes it. Its events carry our id back; links of what concerns safety are not tracked.
func sendGridMail(_ letter: Letter, to address: String, _ context: Context) throws -> JSON {
  let id = JSON.string(letter.id.description)
  var to: JSONObject = ["to": [["email": .string(address)]], "custom_args": ["msg_id": id]]
  if let token = letter.unsubscribe { to["headers"] = oneClick(token, try context.setting("API_URL")) }
  var content: [JSON] = [["type": "text/plain", "value": .string(try letter.text(context))]]
  if let html = letter.html { content.append(["type": "text/html", "value": .string(html)]) }
  let isTracked = letter.category != .security
  return [
    "personalizations": [.object(to)],
    "from": [
      "email": .string(try context.setting("MAIL_FROM")), "name": .string(try context.setting("MAIL_FROM_NAME")),
    ], "subject": .string(letter.title), "content": .array(content), "categories": [.string(letter.type)],
    "tracking_settings": ["click_tracking": ["enable": .bool(isTracked), "enable_text": false]],
  ]
}

/// What a mail program offers a button for (RFC 8058).
private func oneClick(_ token: String, _ api: String) -> JSON {
  [
    "List-Unsubscribe": .string("<\(api)/unsubscribe?token=\(token)>"),
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  ]
}

private func sendGridVerdict(_ response: UpstreamResponse) -> CarrierVerdict {
  switch response.status {
  case 200, 202: .accepted(messageID: response.headers.first { $0.name.lowercased() == "x-message-id" }?.value)
  case 429: .busy(.rateLimited)
  case 500...: .busy(.unavailable)
  case let status: .refused(code: "sendgrid_\(status)")
  }
}
