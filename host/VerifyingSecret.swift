import Gateway
import Manifest

/// What a webhook verifies its deliveries with, as a manifest says it.
struct VerifyingSecret {
  let verification: WebhookVerification
  let file: String

  var names: [String] { [verification.secret, verification.previousSecret] }
  /// What precedes a mistake, as compilers print it.
  var place: String { "\(file):\(verification.position.line):\(verification.position.column): " }

  func mistake(_ name: String, _ value: String?) -> String? {
    value.flatMap(verification.mistake).map {
      "secret \(name) \($0); set the environment variable \(name) to what the sender shows"
    }
  }
}
