import FunctionKit

extension WebhookRecord {
  /// The webhook as a request that its sender has signed.
  func request(_ context: Context) throws -> UpstreamRequest {
    var request = UpstreamRequest("merchant", "POST", path)
    request.timeout = .seconds(30)
    switch path {
    case "/webhooks/sendgrid": try signAsSendGrid(&request, context)
    case "/webhooks/twilio": try signAsTwilio(&request, context)
    case "/webhooks/whatsapp": try signAsBridge(&request, context)
    default:
      request.headers = [
        (name: "x-callback-token", value: try context.secret("XENDIT_CALLBACK_TOKEN")),
        (name: "webhook-id", value: id.description),
      ]
      try request.setBody(json: body)
    }
    return request
  }

  private func signAsSendGrid(_ request: inout UpstreamRequest, _ context: Context) throws {
    try request.setBody(json: body)
    let time = String(context.now.seconds)
    let signature = try context.sign(
      Array(time.utf8) + request.body, with: "SENDGRID_WEBHOOK_PRIVATE_KEY", as: .privateKey)
    request.headers += [
      (name: "x-twilio-email-event-webhook-timestamp", value: time),
      (name: "x-twilio-email-event-webhook-signature", value: base64Encode(signature)),
    ]
  }

  /// The address as it is called, and each field's name and value after it.
  private func signAsTwilio(_ request: inout UpstreamRequest, _ context: Context) throws {
    let fields = (body.object?.members ?? []).map { (name: $0.name, value: $0.value.string ?? "") }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let address = try context.baseURL(of: "merchant") + path
    let content = address + fields.map { $0.name + $0.value }.joined()
    let signature = try context.sign(Array(content.utf8), with: "TWILIO_AUTH_TOKEN", as: .hmacSHA1)
    request.headers = [
      (name: "content-type", value: "application/x-www-form-urlencoded"),
      (name: "x-twilio-signature", value: base64Encode(signature)),
    ]
    request.body = Array(fields.map { escaped($0.name) + "=" + escaped($0.value) }.joined(separator: "&").utf8)
  }

  private func signAsBridge(_ request: inout UpstreamRequest, _ context: Context) throws {
    try request.setBody(json: body)
    let signature = try context.sign(request.body, with: "WHATSAPP_WEBHOOK_SECRET", as: .hmacSHA256)
    request.headers.append((name: "x-whatsapp-signature", value: hex(signature)))
  }
}

private func hex(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// For a form: everything but letters, digits and `-._~` as its bytes.
private func escaped(_ text: String) -> String {
  text.utf8.map { byte in
    let character = Character(UnicodeScalar(byte))
    let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
    return isPlain ? String(character) : "%" + hex([byte]).uppercased()
  }.joined()
}
