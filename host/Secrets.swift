import Gateway
import Manifest

/// The secrets of a host: from the environment, with defaults that only development accepts.
struct Secrets: Sendable {
  let values: [String: String]

  /// Published with the source, so that a clone works and a script can talk to it.
  static let developmentDefaults = [
    "JWT_SECRET": "lakoo-development-jwt-secret-0123456789",
    "GATEWAY_SECRET_KEY": "lakoo-development-gateway-key-0123456789",
    "INTERNAL_API_KEY": "lakoo-development-internal-key-0123456789",
    "XENDIT_SECRET_KEY": "xnd_development_lakoo-secret-key-0123456789",
    "XENDIT_CALLBACK_TOKEN": "lakoo-development-xendit-token-0123456789",
    "BITESHIP_WEBHOOK_SECRET": "lakoo-development-biteship-secret-0123456789",
    "PAYMENT_SEALING_KEY": "lakoo-development-payment-sealing-key-0123456789",
    "WALLET_SEALING_KEY": "lakoo-development-wallet-sealing-key-0123456789",
    "NOTIFICATION_SEALING_KEY": "lakoo-development-notification-sealing-key-0123456789",
    "SENDGRID_API_KEY": "SG.lakoo-development-sendgrid-key-0123456789",
    "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001",
    "TWILIO_AUTH_TOKEN": "lakoo-development-twilio-token-0123456789",
    "TWILIO_MESSAGING_SERVICE_SID": "MG00000000000000000000000000000001",
    "WHATSAPP_BRIDGE_KEY": "lakoo-development-whatsapp-key-0123456789",
    "WHATSAPP_WEBHOOK_SECRET": "lakoo-development-whatsapp-webhook-0123456789",
    "FCM_PRIVATE_KEY": DevelopmentKeys.fcm,
    "SENDGRID_WEBHOOK_PRIVATE_KEY": DevelopmentKeys.sendGridPrivate,
    "SENDGRID_WEBHOOK_PUBLIC_KEY": DevelopmentKeys.sendGridPublic,
    "LAKOO_ADMIN_TOKEN": "lakoo-development-admin-token-0123456789",
  ]

  /// What the host itself needs, whatever the bundles.
  static let ofHost = ["JWT_SECRET", "GATEWAY_SECRET_KEY", "INTERNAL_API_KEY", "LAKOO_ADMIN_TOKEN"]
  /// A secret of before may still be live, under a name that ends so.
  private static let ofBefore = "_PREVIOUS"

  /// The secret, and the one of before while that is set.
  static func live(_ name: String, _ values: [String: String]) -> [String] {
    [name, name + ofBefore].compactMap { values[$0] }
  }

  private static let minimumBytes = 32

  /// - Throws: ``Refusal`` naming every secret that the host can't be started with.
  init(_ settings: Settings, needed: Set<String>, verifying: [VerifyingSecret]) throws {
    let previous = Set(needed.map { $0 + Secrets.ofBefore }).subtracting(needed)
      .filter { settings.variables[$0]?.isEmpty == false }
    var values: [String: String] = [:]
    var mistakes: [String] = []
    for name in needed.union(previous).sorted() {
      let value = settings.variables[name] ?? (settings.isProduction ? nil : Secrets.developmentDefaults[name])
      values[name] = value
      let use = verifying.first { $0.names.contains(name) }
      let mistake = Secrets.mistake(name, value, isProduction: settings.isProduction) ?? use?.mistake(name, value)
      if let mistake { mistakes.append((use?.place ?? "") + mistake) }
    }
    if settings.isProduction { mistakes += Secrets.reused(values.filter { !$0.value.isEmpty }) }
    guard mistakes.isEmpty else { throw Refusal(mistakes.joined(separator: "\n"), exitCode: 2) }
    self.values = values
  }

  private static func mistake(_ name: String, _ value: String?, isProduction: Bool) -> String? {
    guard let value, !value.isEmpty else { return "secret \(name) is missing; set the environment variable \(name)" }
    guard isProduction else { return nil }
    if developmentDefaults.values.contains(value) {
      return "secret \(name) has a development value, which everybody knows; set the environment variable \(name)"
    }
    if value.utf8.count < minimumBytes {
      return
        "secret \(name) is shorter than \(minimumBytes) bytes; set the environment variable \(name) to a longer one"
    }
    return nil
  }

  /// One value for two secrets would let whoever knows the one in by the other.
  private static func reused(_ values: [String: String]) -> [String] {
    Dictionary(grouping: values.keys.sorted(), by: { values[$0] ?? "" }).values.filter { $0.count > 1 }.map {
      "secrets \($0.joined(separator: " and ")) have the same value; give each its own"
    }.sorted()
  }
}
