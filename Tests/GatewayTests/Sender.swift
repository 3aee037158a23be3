import Crypto
import FunctionKit
import Manifest
import Testing

/// The other end of a scheme: what it is set up with here, and how it proves itself.
struct Sender: Sendable, CustomTestStringConvertible {
  let verify: String
  let secretName: String
  let secret: String
  /// Whether a changed body shows.
  let signsBody: Bool
  /// The headers of a delivery, at a time in Unix seconds.
  let prove: @Sendable (_ secret: String, _ time: Int64, _ body: String) -> [(String, String)]

  var testDescription: String { verify }

  static let all = [xendit, biteship, token, hex, prefixed, timed, standard, sendGrid]

  static let xendit = token("xendit", "XENDIT_CALLBACK_TOKEN", header: "X-Callback-Token")
  static let biteship = token("biteship", "BITESHIP_WEBHOOK_SECRET", header: "x-biteship-signature")
  static let token = token("{ scheme: static-token, header: X-Token, secret: HOOK }", "HOOK", header: "x-token")

  static let hex = signing("header: X-Signature") { secret, _, body in
    [("x-signature", hexString(code(secret, body)))]
  }
  static let prefixed = signing("header: X-Hub-Signature-256, encoding: base64, prefix: \"sha256=\"") {
    secret, _, body in
    [("x-hub-signature-256", "sha256=" + base64Encode(code(secret, body)))]
  }
  static let timed = signing("header: X-Signature, timestamp: X-Time") { secret, time, body in
    [("x-signature", hexString(code(secret, "\(time).\(body)"))), ("x-time", "\(time)")]
  }

  static let standard = Sender(
    verify: "{ scheme: standard-webhooks, secret: HOOK }", secretName: "HOOK", secret: standardSecret("a"),
    signsBody: true
  ) { secret, time, body in
    let key = base64Decode(String(secret.dropFirst(6))) ?? []
    let code = hmacSHA256(key: key, message: Array("msg_1.\(time).\(body)".utf8))
    return [
      ("webhook-id", "msg_1"), ("webhook-timestamp", "\(time)"), ("webhook-signature", "v1,\(base64Encode(code))"),
    ]
  }

  /// Its secret is the public half of the key that it signs with.
  static let sendGrid = Sender(
    verify: "sendgrid", secretName: "SENDGRID_WEBHOOK_PUBLIC_KEY", secret: SigningKeys.publicKey, signsBody: true
  ) { secret, time, body in
    let key = secret == SigningKeys.otherPublicKey ? SigningKeys.otherPrivateKey : SigningKeys.privateKey
    let signature = base64Decode(key).flatMap { PrivateKey(pkcs8: $0) }?.sign(Array("\(time)\(body)".utf8)) ?? []
    return [
      ("x-twilio-email-event-webhook-signature", base64Encode(signature)),
      ("x-twilio-email-event-webhook-timestamp", "\(time)"),
    ]
  }

  /// Another secret of the right form.
  var otherSecret: String {
    switch verify {
    case Sender.standard.verify: Sender.standardSecret("b")
    case Sender.sendGrid.verify: SigningKeys.otherPublicKey
    default: "another-secret"
    }
  }

  private static func token(_ verify: String, _ secretName: String, header: String) -> Sender {
    Sender(verify: verify, secretName: secretName, secret: "the-shared-secret", signsBody: false) { secret, _, _ in
      [(header, secret)]
    }
  }

  private static func signing(
    _ parameters: String, _ prove: @escaping @Sendable (String, Int64, String) -> [(String, String)]
  ) -> Sender {
    Sender(
      verify: "{ scheme: hmac-sha256, secret: HOOK, \(parameters) }", secretName: "HOOK", secret: "the-shared-secret",
      signsBody: true, prove: prove)
  }

  private static func code(_ secret: String, _ content: String) -> [UInt8] {
    hmacSHA256(key: Array(secret.utf8), message: Array(content.utf8))
  }

  private static func standardSecret(_ letter: Character) -> String {
    "whsec_" + base64Encode(Array(String(repeating: letter, count: 24).utf8))
  }

  /// What a manifest makes of this scheme.
  func proof() throws -> WebhookProof {
    let yaml = """
      bundle: till
      summary: A bundle of the tests.
      version: 1
      port: 3001
      database: till_db
      needs: { secrets: [\(secretName)] }
      webhooks:
        Paid: { route: POST /paid, verify: \(verify) }
      """
    guard case .webhook(let webhook) = parseBundle(yaml: yaml, file: "till.yaml").manifest?.functions[0].trigger else {
      throw NoWebhook()
    }
    return webhook.verification.proof
  }

  private struct NoWebhook: Error {}
}
