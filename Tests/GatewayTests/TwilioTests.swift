import Crypto
import FunctionKit
import Manifest
import PlatformTesting
import Postgres
import Testing

@testable import Gateway

private let token = "0123456789abcdef0123456789abcdef"

struct Texted: Webhook {
  struct Input: Delivery {
    var messageSid: String
    var messageStatus: String
    var deliveryID: String { "\(messageSid):\(messageStatus)" }

    enum CodingKeys: String, CodingKey {
      case messageSid = "MessageSid"
      case messageStatus = "MessageStatus"
    }
  }

  func handle(_ input: Input, context: Context) async throws {}
}

@Suite struct `A form of Twilio's` {
  private static let body =
    "To=%2B6281200000001&MessageSid=SM00000000000000000000000000000001&From=%2B15005550006&MessageStatus=delivered"
    + "&AccountSid=AC00000000000000000000000000000001"
  private static let address = "toko.invalid/hooks/twilio?kind=sms"
  /// What Twilio's own helper makes of it.
  private static let signature = "Bx65kytnlxAideNwq51eaCfHjlw="

  @Test(arguments: [
    (signature, address, body, nil), ("", address, body, "unauthenticated"),
    (signature, address, body.replacing("delivered", with: "failed"), "unauthenticated"),
    (signature, address, body + "&To=%2B1", "unauthenticated"),
    (signature, address.replacing("sms", with: "wa"), body, "unauthenticated"),
    (signature, address, body.replacing("%2B15", with: "%2"), "unauthenticated"),
    ("Ax65kytnlxAideNwq51eaCfHjlw=", address, body, "unauthenticated"),
    ("Bx65kytnlxAideNwq51eaCfHjlw", address, body, "unauthenticated"),
  ])
  func `is let in when address and fields are as they were signed`(
    signature: String, address: String, body: String, refusal: String?
  ) {
    #expect(verdict(signature, address, body, [token]) == refusal)
    #expect(verdict(signature, address, body, ["another", token]) == refusal)
    #expect(verdict(signature, address, body, ["another"]) == "unauthenticated")
  }

  @Test func `without a signature is refused`() {
    let verifier = WebhookVerifier(proof: .twilio, secrets: [token], address: Self.address)
    #expect(throws: Problem.unauthenticated) {
      try verifier.verify({ _ in nil }, Array(Self.body.utf8), at: Instant(seconds: 0))
    }
  }

  @Test func `reaches its function as an object of texts, once for each status`() async throws {
    try await withTwilio { platform async throws in
      for (status, answer) in [
        ("sent", #"{"received":true}"#), ("delivered", #"{"received":true}"#),
        ("sent", #"{"received":true,"duplicate":true}"#),
      ] {
        let reply = try await send(platform, [("MessageSid", "SM1"), ("MessageStatus", status), ("To", "+62 81")])
        #expect(reply.status == 200 && reply.text == answer)
      }
      let stored: String = try await platform.one(
        "select string_agg(convert_from(data, 'UTF8'), ' ' order by data) from lakoo.inbox")
      let expected = ["delivered", "sent"].map { #"{"MessageSid":"SM1","MessageStatus":"\#($0)","To":"+62 81"}"# }
      #expect(stored == expected.joined(separator: " "))
    }
  }

  @Test func `that names a field twice, or lacks one, is refused`() async throws {
    try await withTwilio { platform async throws in
      for (fields, status, code) in [
        ([("MessageSid", "1"), ("MessageSid", "2"), ("MessageStatus", "sent")], 400, "invalid_form"),
        ([("MessageSid", "1")], 422, "validation_failed"), ([], 422, "validation_failed"),
        ((0..<201).map { ("f\($0)", "") }, 401, "unauthenticated"),
      ] {
        let reply = try await send(platform, fields)
        #expect(reply.status == status && reply.code == code)
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
    }
  }

  private func withTwilio(_ body: @escaping @Sendable (Platform) async throws -> Void) async throws {
    var setting = Setting()
    setting.secrets = ["TWILIO_AUTH_TOKEN": token]
    let till = BundleSource(
      "till",
      """
      needs: { secrets: [TWILIO_AUTH_TOKEN] }
      webhooks:
        Texted: { route: POST /webhooks/texted, verify: twilio, body: 8KiB }
      """, [.webhook(Texted.self)])
    try await withPlatform([till], setting, body)
  }

  private func send(_ platform: Platform, _ fields: [(String, String)]) async throws -> Answer {
    let content = "http://localhost/webhooks/texted" + fields.sorted { $0 < $1 }.map { $0.0 + $0.1 }.joined()
    let code = base64Encode(hmacSHA1(key: Array(token.utf8), message: Array(content.utf8)))
    let body = fields.map { "\($0.0)=\($0.1.replacing("+", with: "%2B").replacing(" ", with: "+"))" }
    return try await platform.send(
      "POST", "/webhooks/texted", to: .gateway, [("x-twilio-signature", code)], body: body.joined(separator: "&"),
      type: "application/x-www-form-urlencoded")
  }

  private func verdict(_ signature: String, _ address: String, _ body: String, _ secrets: [String]) -> String? {
    let verifier = WebhookVerifier(proof: .twilio, secrets: secrets, address: address)
    do throws(Problem) {
      try verifier.verify(
        { $0 == "x-twilio-signature" ? Array(signature.utf8)[...] : nil }, Array(body.utf8), at: Instant(seconds: 0))
      return nil
    } catch { return error.code }
  }
}
