extension WebhookScheme {
  /// What `verify` may say besides the scheme.
  var parameters: [String] {
    switch self {
    case .xendit, .sendgrid, .twilio, .standardWebhooks: ["secret"]
    case .biteship, .staticToken: ["header", "secret"]
    case .hmac: ["header", "secret", "encoding", "prefix", "timestamp", "tolerance"]
    }
  }

  /// The secret of a provider that everybody has one account with.
  var usualSecret: String? {
    switch self {
    case .xendit: "XENDIT_CALLBACK_TOKEN"
    case .biteship: "BITESHIP_WEBHOOK_SECRET"
    case .sendgrid: "SENDGRID_WEBHOOK_PUBLIC_KEY"
    case .twilio: "TWILIO_AUTH_TOKEN"
    case .hmac, .standardWebhooks, .staticToken: nil
    }
  }

  /// The header of the proof; Biteship lets its customers choose one.
  var usualHeader: String? {
    switch self {
    case .xendit: "x-callback-token"
    case .biteship: "x-biteship-signature"
    case .sendgrid, .twilio, .hmac, .standardWebhooks, .staticToken: nil
    }
  }

  /// What a delivery carries when the manifest says no more than the scheme.
  var usualProof: WebhookProof? {
    switch self {
    case .xendit, .biteship, .staticToken: usualHeader.map { .token(header: $0) }
    case .sendgrid: .sendgrid
    case .twilio: .twilio
    case .standardWebhooks: .standardWebhooks
    case .hmac: nil
    }
  }

  /// Where senders of this scheme are known to put a delivery's id.
  var usualID: DeliveryIDSource? {
    switch self {
    case .xendit, .standardWebhooks: .header("webhook-id")
    case .biteship, .sendgrid, .twilio, .hmac, .staticToken: nil
    }
  }

  /// What to write when the word alone says too little.
  var example: String {
    switch self {
    case .xendit, .biteship, .sendgrid, .twilio: rawValue
    case .hmac: "{ scheme: hmac-sha256, header: X-Signature, secret: HOOK_SECRET }"
    case .standardWebhooks: "{ scheme: standard-webhooks, secret: HOOK_SECRET }"
    case .staticToken: "{ scheme: static-token, header: X-Token, secret: HOOK_SECRET }"
    }
  }
}
