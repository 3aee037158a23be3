/// How a webhook proves who sent it.
public struct WebhookVerification: Sendable, Hashable {
  public let scheme: WebhookScheme
  public let proof: WebhookProof
  /// The environment variable of the secret that is shared with the sender.
  public let secret: String
  /// Where the manifest names the secret, or the scheme that implies it.
  public let position: Position

  /// The environment variable of the secret that was shared before: while a sender changes over, either one verifies.
  public var previousSecret: String { secret + "_PREVIOUS" }
}

/// The word that a manifest writes. A provider with a proof of its own is another case here.
public enum WebhookScheme: String, Sendable, Hashable, CaseIterable {
  case xendit, biteship, sendgrid, twilio
  case hmac = "hmac-sha256"
  case standardWebhooks = "standard-webhooks"
  case staticToken = "static-token"
}

/// What a delivery has to carry.
public enum WebhookProof: Sendable, Hashable {
  /// The secret itself, in a header.
  case token(header: String)
  /// An HMAC-SHA-256 of the body, in a header.
  case signature(WebhookSignature)
  /// The three headers of the Standard Webhooks specification.
  case standardWebhooks
  /// SendGrid's ECDSA over P-256 of the time and the body, for which the secret is the base64 of its public key.
  case sendgrid
  /// Twilio's HMAC-SHA-1 of the address and the fields of a form.
  case twilio
}

/// How an HMAC-SHA-256 stands in a header.
public struct WebhookSignature: Sendable, Hashable {
  public let header: String
  public let encoding: Encoding
  /// What precedes the encoded bytes, such as `sha256=`; empty for nothing.
  public let prefix: String
  public let timestamp: SignedTimestamp?

  public enum Encoding: String, Sendable, Hashable, CaseIterable { case hex, base64 }
}

/// The time of signing in Unix seconds; the signature is then of `<timestamp>.<body>`, and ages.
public struct SignedTimestamp: Sendable, Hashable {
  public let header: String
  /// How far it may be from the host's clock, in either direction.
  public let tolerance: Duration
}

extension WebhookProof {
  /// Whether a delivery is a form, which its function gets as an object of texts.
  public var isOfForm: Bool { self == .twilio }
}
