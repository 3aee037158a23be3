internal import Crypto
internal import FunctionKit

/// The two headers of SendGrid's events, signed by a key of which we know the public half.
struct SendGridMessage {
  static let tolerance = Duration.minutes(5)

  let signedAt: Instant
  private let time: [UInt8]
  private let signature: [UInt8]

  /// - Throws: ``Problem`` 401 when one of them is missing or can't be read.
  init(_ header: SingleHeader) throws(Problem) {
    guard let time = header("x-twilio-email-event-webhook-timestamp"), let signedAt = Instant(unixSeconds: time),
      let text = header("x-twilio-email-event-webhook-signature"),
      let signature = base64Decode(String(decoding: text, as: UTF8.self))
    else { throw .unauthenticated }
    (self.time, self.signedAt, self.signature) = (Array(time), signedAt, signature)
  }

  func isSigned(_ body: [UInt8], by key: PublicKey) -> Bool { key.verifies(encoded: signature, of: time + body) }
}

/// The key as SendGrid shows it, the base64 of a P-256 key; nil for anything else.
func sendGridKey(_ secret: String) -> PublicKey? { base64Decode(secret).flatMap { PublicKey(p256SubjectInfo: $0) } }
