extension Fields {
  /// Reads `verify: xendit`, or `verify: { scheme: hmac-sha256, header: X-Signature, secret: HOOK_SECRET }`.
  func readVerification() -> WebhookVerification? {
    require("verify", example: "xendit")
    guard let value = value("verify") else { return nil }
    guard let map = value.map else { return readWord(value) }
    let scheme = map.first { $0.key == "scheme" }?.value.text.flatMap(WebhookScheme.init(rawValue:))
    // One that is not known may have meant any parameter, and an HMAC has them all.
    guard let fields = fields("verify", keys: ["scheme"] + (scheme ?? .hmac).parameters) else { return nil }
    fields.require("scheme", example: "hmac-sha256")
    let known: WebhookScheme? = fields.read("scheme", Numbers.choice)
    return known.flatMap { fields.readVerification(by: $0, at: value.position) }
  }

  /// The scheme's name alone, which is enough when all the rest is usual.
  private func readWord(_ value: Value) -> WebhookVerification? {
    guard let scheme: WebhookScheme = read(value, of: "verify", Numbers.choice) else { return nil }
    guard let secret = scheme.usualSecret, let proof = scheme.usualProof else {
      refuse(value, of: "verify", Mistake("needs more than its name; write \(scheme.example)"))
      return nil
    }
    return WebhookVerification(scheme: scheme, proof: proof, secret: secret, position: value.position)
  }

  /// Reads this mapping, which is that of `verify`.
  private func readVerification(by scheme: WebhookScheme, at position: Position) -> WebhookVerification? {
    if scheme.usualSecret == nil { require("secret", example: "HOOK_SECRET") }
    let secret = read("secret", Names.secret) ?? scheme.usualSecret
    guard let proof = readProof(scheme), let secret else { return nil }
    let place = entry("secret")?.value.position ?? position
    return WebhookVerification(scheme: scheme, proof: proof, secret: secret, position: place)
  }

  private func readProof(_ scheme: WebhookScheme) -> WebhookProof? {
    switch scheme {
    case .standardWebhooks, .sendgrid, .twilio: scheme.usualProof
    case .hmac: readSignature().map(WebhookProof.signature)
    case .xendit, .biteship, .staticToken: readHeader(scheme).map { .token(header: $0) }
    }
  }

  private func readHeader(_ scheme: WebhookScheme) -> String? {
    if scheme.usualHeader == nil { require("header", example: "X-Token") }
    return read("header", Names.header) ?? scheme.usualHeader
  }
}
