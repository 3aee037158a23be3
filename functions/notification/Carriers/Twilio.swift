import FunctionKit

extension Carrier {
  /// Text messages.
  static func twilio(_ context: Context) -> Carrier {
    Carrier(name: "twilio") { letter, address in
      let account = try context.secret("TWILIO_ACCOUNT_SID")
      let credentials = account + ":" + (try context.secret("TWILIO_AUTH_TOKEN"))
      var request = UpstreamRequest("twilio", "POST", "/2010-04-01/Accounts/\(account)/Messages.json")
      request.headers = [
        (name: "authorization", value: "Basic " + base64Encode(Array(credentials.utf8))),
        (name: "content-type", value: "application/x-www-form-urlencoded"),
      ]
      let service = try context.secret("TWILIO_MESSAGING_SERVICE_SID")
      request.body = formEncoded([
        ("To", address), ("MessagingServiceSid", service), ("Body", try letter.shortMessage(context)),
        ("StatusCallback", try context.setting("API_URL") + "/webhooks/twilio"),
      ])
      return try await context.carry(request, twilioVerdict)
    }
  }
}

private struct TwilioAnswer: Decodable {
  var sid: String?
  var code: Int?
}

/// A refusal at the limit was not processed; of their own errors nobody knows.
private func twilioVerdict(_ response: UpstreamResponse) throws -> CarrierVerdict {
  switch response.status {
  case 200...299: .accepted(messageID: try response.decode(TwilioAnswer.self).sid)
  case 429: .busy(.rateLimited)
  case 500...: .unknown
  case let status: .refused(code: "twilio_\(errorCode(response) ?? status)")
  }
}

/// Nil when the answer, as a proxy's may, is not Twilio's.
private func errorCode(_ response: UpstreamResponse) -> Int? {
  guard let answer = try? response.decode(TwilioAnswer.self) else { return nil }
  return answer.code
}

/// Fields as a form; everything but letters, digits and `-._~` is escaped.
func formEncoded(_ fields: [(name: String, value: String)]) -> [UInt8] {
  Array(fields.map { escaped($0.name) + "=" + escaped($0.value) }.joined(separator: "&").utf8)
}

private func escaped(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  let bytes = text.utf8.flatMap { byte -> [UInt8] in
    let scalar = Character(UnicodeScalar(byte))
    let isPlain = scalar.isASCII && (scalar.isLetter || scalar.isNumber || "-._~".contains(scalar))
    return isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
  return String(decoding: bytes, as: UTF8.self)
}
