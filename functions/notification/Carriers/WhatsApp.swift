import FunctionKit

extension Carrier {
  /// A telephone that is linked to a bridge, without any promise to deliver.
  static func whatsApp(_ context: Context) -> Carrier {
    Carrier(name: "whatsapp") { letter, address in
      let instance = try context.setting("WHATSAPP_INSTANCE")
      var request = UpstreamRequest("whatsapp", "POST", "/message/sendText/" + instance)
      request.headers.append((name: "apikey", value: try context.secret("WHATSAPP_BRIDGE_KEY")))
      let text = "*\(letter.title)*\n\n\(try letter.text(context))"
      let message: JSON = [
        "number": .string(address.filter(\.isNumber)), "text": .string(text), "linkPreview": false,
      ]
      try request.setBody(json: message)
      return try await context.carry(request, whatsAppVerdict)
    }
  }
}

/// The bridge answers 400 both to a number that has no WhatsApp and while its telephone is away.
private func whatsAppVerdict(_ response: UpstreamResponse) throws -> CarrierVerdict {
  switch response.status {
  case 200, 201: .accepted(messageID: try response.decode(JSON.self)["key"]?["id"]?.string)
  case 400 where lacksNumber(response): .refused(code: "not_on_whatsapp")
  case 400: .busy(.notConnected)
  case 429: .busy(.rateLimited)
  case 500...: .busy(.unavailable)
  case let status: .refused(code: "whatsapp_\(status)")
  }
}

private func lacksNumber(_ response: UpstreamResponse) -> Bool {
  guard let body = try? JSON.parse(response.body) else { return false }
  return body["response"]?["message"]?.array?.contains { $0["exists"] == .bool(false) } ?? false
}
