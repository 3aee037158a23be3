private import Crypto
internal import FunctionKit
public import Manifest

/// The three headers of a delivery under the Standard Webhooks specification.
struct StandardWebhooksMessage {
  static let tolerance = Duration.minutes(5)
  /// A sender that changes its key sends two; each one costs a comparison, so there has to be an end.
  private static let mostSignatures = 16

  let signedAt: Instant
  /// Those that are made with a shared secret; there may be others beside them.
  let signatures: [[UInt8]]
  private let head: [UInt8]

  /// - Throws: ``Problem`` 401 when one of them is missing or can't be read.
  init(_ header: SingleHeader) throws(Problem) {
    guard let id = header("webhook-id"), !id.isEmpty, !id.contains(UInt8(ascii: ".")),
      let time = header("webhook-timestamp"), let signedAt = Instant(unixSeconds: time),
      let list = header("webhook-signature")?.split(separator: UInt8(ascii: " ")), list.count <= Self.mostSignatures
    else { throw .unauthenticated }
    self.signedAt = signedAt
    signatures = list.filter { $0.starts(with: "v1,".utf8) }.compactMap {
      base64Decode(String(decoding: $0.dropFirst(3), as: UTF8.self))
    }
    head = id + [UInt8(ascii: ".")] + time + [UInt8(ascii: ".")]
  }

  /// What is signed.
  func content(_ body: [UInt8]) -> [UInt8] { head + body }
}

/// The key in `whsec_…`: base64 of 24 to 64 bytes; nil for anything else.
func standardKey(_ secret: String) -> [UInt8]? {
  guard secret.hasPrefix("whsec_"), let key = base64Decode(String(secret.dropFirst(6))), (24...64).contains(key.count)
  else { return nil }
  return key
}

extension WebhookVerification {
  /// What is wrong with the form of a secret, to be told before the first delivery comes; nil when nothing is.
  public func mistake(in secret: String) -> String? {
    switch scheme {
    case .standardWebhooks where standardKey(secret) == nil: "is not whsec_ followed by base64 of 24 to 64 bytes"
    case .sendgrid where sendGridKey(secret) == nil: "is not the base64 of a P-256 public key, as SendGrid shows it"
    default: nil
    }
  }
}
