import Foundation
import Manifest
import Testing

@Suite struct `Webhooks of a manifest` {
  @Test func `a word is enough for a provider, and what differs is written beside it`() throws {
    let xendit = try webhook("Xendit")
    #expect(xendit.verification.scheme == .xendit)
    #expect(xendit.verification.proof == .token(header: "x-callback-token"))
    #expect(xendit.verification.secret == "XENDIT_CALLBACK_TOKEN")
    #expect(xendit.verification.previousSecret == "XENDIT_CALLBACK_TOKEN_PREVIOUS")
    #expect(xendit.verification.position == Position(line: 11, column: 43))
    #expect(xendit.deliveryID == .header("webhook-id"))
    let other = try webhook("XenditOther")
    #expect(other.verification.proof == .token(header: "x-callback-token"))
    #expect(other.verification.secret == "XENDIT_SUB_TOKEN")
    #expect(other.verification.position == Position(line: 12, column: 69))
    #expect(other.deliveryID == .body(["id"]))
    let biteship = try webhook("Biteship")
    #expect(biteship.verification.proof == .token(header: "x-biteship-signature"))
    #expect(biteship.verification.secret == "BITESHIP_WEBHOOK_SECRET")
    #expect(biteship.deliveryID == nil)
    let own = try webhook("BiteshipOwn")
    #expect(own.verification.scheme == .biteship && own.verification.proof == .token(header: "X-Parcel-Key"))
    #expect(own.verification.secret == "BITESHIP_WEBHOOK_SECRET")
  }

  @Test func `a signature has its usual form unless another is written`() throws {
    let signed = try webhook("Signed")
    #expect(signed.verification.scheme == .hmac && signed.verification.secret == "HOOK_SECRET")
    let plain = try #require(signature(signed))
    #expect(plain.header == "X-Signature" && plain.encoding == .hex && plain.prefix == "" && plain.timestamp == nil)
    #expect(signed.deliveryID == nil)
    let timed = try webhook("SignedAtTime")
    let full = try #require(signature(timed))
    #expect(full.header == "X-Hub-Signature-256" && full.encoding == .base64 && full.prefix == "sha256=")
    #expect(full.timestamp?.header == "X-Time" && full.timestamp?.tolerance == .seconds(90))
    #expect(timed.deliveryID == .header("X-GitHub-Delivery"))
    #expect(try signature(webhook("SignedUsual"))?.timestamp?.tolerance == .seconds(300))
  }

  @Test func `the other schemes say where their secret is`() throws {
    let standard = try webhook("Standard")
    #expect(standard.verification.scheme == .standardWebhooks && standard.verification.proof == .standardWebhooks)
    #expect(standard.verification.secret == "HOOK_SECRET" && standard.deliveryID == .header("webhook-id"))
    let token = try webhook("Token")
    #expect(token.verification.scheme == .staticToken && token.verification.proof == .token(header: "X-Token"))
    #expect(token.verification.secret == "HOOK_SECRET" && token.deliveryID == .body(["data", "event_id"]))
  }

  @Test func `carriers sign in ways of their own`() throws {
    let mail = try webhook("Mail").verification
    #expect(mail.scheme == .sendgrid && mail.proof == .sendgrid && mail.secret == "SENDGRID_WEBHOOK_PUBLIC_KEY")
    let text = try webhook("Text").verification
    #expect(text.scheme == .twilio && text.proof == .twilio && text.secret == "TWILIO_AUTH_TOKEN")
    #expect(text.proof.isOfForm && !mail.proof.isOfForm)
    #expect(try webhook("TextOther").verification.secret == "HOOK_SECRET")
  }

  private func signature(_ webhook: WebhookManifest) -> WebhookSignature? {
    if case .signature(let signature) = webhook.verification.proof { signature } else { nil }
  }

  private func webhook(_ name: String) throws -> WebhookManifest {
    let yaml = try String(contentsOf: sourceDirectory.appending(path: "Valid/webhooks.yaml"), encoding: .utf8)
    let parsed = parseBundle(yaml: yaml, file: "webhooks.yaml")
    try #require(parsed.diagnostics == [])
    guard case .webhook(let webhook) = parsed.manifest?.function(named: name)?.trigger else { throw NoSuchWebhook() }
    return webhook
  }
}

private struct NoSuchWebhook: Error {}
