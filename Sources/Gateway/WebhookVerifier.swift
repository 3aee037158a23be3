private import Crypto
internal import FunctionKit
internal import Manifest

/// The value of a header that a request has exactly once; which of two counts must not be a matter of taste.
typealias SingleHeader = (_ name: String) -> ArraySlice<UInt8>?

/// Decides whether a delivery comes from who shares the secret, by its headers and its raw body alone.
struct WebhookVerifier {
  let proof: WebhookProof
  /// The one in use, and while a sender changes over the one before.
  let secrets: [String]
  /// What the sender called, without the scheme: `host/path?query`.
  var address = ""

  /// - Throws: ``Problem`` 401, which tells nothing of what was expected.
  func verify(_ header: SingleHeader, _ body: [UInt8], at now: Instant) throws(Problem) {
    switch proof {
    case .token(let name):
      guard let token = header(name) else { throw .unauthenticated }
      try requireMatch([Array(token)], secrets.map { Array($0.utf8) })
    case .signature(let signature):
      try verify(signature, header, body, at: now)
    case .standardWebhooks:
      let message = try StandardWebhooksMessage(header)
      try requireMatch(message.signatures, codes(of: message.content(body), keys: secrets.compactMap(standardKey)))
      try message.signedAt.requireCloseness(to: now, within: StandardWebhooksMessage.tolerance)
    case .sendgrid:
      let message = try SendGridMessage(header)
      guard secrets.compactMap(sendGridKey).contains(where: { message.isSigned(body, by: $0) }) else {
        throw .unauthenticated
      }
      try message.signedAt.requireCloseness(to: now, within: SendGridMessage.tolerance)
    case .twilio:
      let message = try TwilioMessage(header, body)
      let keys = secrets.map { Array($0.utf8) }
      let contents = message.contents(address)
      try requireMatch([message.signature], keys.flatMap { key in contents.map { hmacSHA1(key: key, message: $0) } })
    }
  }

  private func verify(
    _ signature: WebhookSignature, _ header: SingleHeader, _ body: [UInt8], at now: Instant
  ) throws(Problem) {
    guard let text = header(signature.header), let given = signature.decode(text) else { throw .unauthenticated }
    let keys = secrets.map { Array($0.utf8) }
    guard let timestamp = signature.timestamp else { return try requireMatch([given], codes(of: body, keys: keys)) }
    guard let time = header(timestamp.header), let signedAt = Instant(unixSeconds: time) else { throw .unauthenticated }
    try requireMatch([given], codes(of: time + [UInt8(ascii: ".")] + body, keys: keys))
    try signedAt.requireCloseness(to: now, within: timestamp.tolerance)
  }

  private func codes(of content: some Sequence<UInt8>, keys: [[UInt8]]) -> [[UInt8]] {
    let content = Array(content)
    return keys.map { hmacSHA256(key: $0, message: content) }
  }

  /// Every pair is compared, so that the time taken tells nothing of which one was right.
  private func requireMatch(_ given: [[UInt8]], _ expected: [[UInt8]]) throws(Problem) {
    var isRight = false
    for one in given {
      for other in expected { isRight = constantTimeEquals(one, other) || isRight }
    }
    guard isRight else { throw .unauthenticated }
  }
}

extension WebhookSignature {
  fileprivate func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.starts(with: prefix.utf8) else { return nil }
    let encoded = String(decoding: text.dropFirst(prefix.utf8.count), as: UTF8.self)
    return switch encoding {
    case .hex: hexDecode(encoded)
    case .base64: base64Decode(encoded)
    }
  }
}
