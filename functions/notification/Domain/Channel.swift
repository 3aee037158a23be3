import FunctionKit

/// A way to reach a user.
enum Channel: String, Codable, Sendable, CaseIterable, SQLValue {
  case push, email, whatsapp, sms
  case inApp = "in_app"
}

/// What a message is about.
enum Category: String, Codable, Sendable, CaseIterable, SQLValue {
  case order, payment, refund, payout, security, social, seller, product, marketing, ops, system

  /// Whether users hear of it in the app and by e-mail, want it or not: it is about their money, goods or safety.
  var isMandatory: Bool {
    switch self {
    case .order, .payment, .refund, .payout, .security: true
    case .social, .seller, .product, .marketing, .ops, .system: false
    }
  }
}

enum Priority: String, Codable, Sendable, CaseIterable, SQLValue {
  case low, normal, high, urgent

  static let mostPressingFirst: [Priority] = [.urgent, .high, .normal, .low]
}

/// A language that messages are written in.
enum Locale: String, Codable, Sendable, CaseIterable, SQLValue {
  case indonesian = "id"
  case english = "en"
}
