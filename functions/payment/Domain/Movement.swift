import FunctionKit

/// What kind of money moved.
enum MovementType: String, Codable, SQLValue, Sendable, CaseIterable {
  case payment, refund, payout
  /// What these books know nothing of.
  case other

  /// Money that goes out counts against money that comes in.
  var sign: Int { self == .payment ? 1 : -1 }
}

/// Money that moved at the provider, as its list says.
struct Movement: Sendable, Equatable {
  enum Effect: Sendable, Equatable {
    /// Not over, or nothing came of it.
    case none
    case done
    /// Done, and then taken back.
    case undone
    /// What has to be read by a person.
    case unmodelled
  }

  /// The provider's id of the movement.
  var id: String
  var type: MovementType
  var effect: Effect
  /// Our name for what caused it, where it has one.
  var reference: String?
  /// The provider's id of what caused it.
  var product: String?
  /// The provider's id of the invoice that was paid.
  var invoice: String?
  /// Rupiah, whichever way it went.
  var amount: Int
  var isIncoming: Bool
  /// What the provider kept of it or took besides; nil where it does not tell.
  var fee: Int?
  var at: Instant

  /// What the provider has by it, or has no longer.
  var signedAmount: Int { effect == .undone ? 0 : isIncoming ? amount : -amount }
}

/// Money that moved by our books, or is to.
struct OwnMovement: Decodable, Sendable, Equatable {
  var id: ID
  /// What it is called at the provider.
  var reference: String
  /// The same without the attempt.
  var name: String
  /// The provider's id of the invoice, refund or payout.
  var gatewayRef: String?
  /// The provider's id of the money, as its webhook wrote it.
  var moneyRef: String?
  /// Whether the books have it.
  var isDone: Bool
  /// Whether the books have had it, and that it came back.
  var isUndone: Bool
  /// Rupiah, whichever way it went.
  var amount: Int
  /// What is booked of what the provider kept; nil before anything was.
  var fee: Int?
  var at: Instant?
  /// The provider's movement that this one is.
  var pairedWith: String?
}

extension OwnMovement {
  /// By our own name first, then by the provider's ids.
  static func named(by movement: Movement, among own: [OwnMovement]) -> Int? {
    if let name = movement.name, let index = own.firstIndex(where: { $0.name == name }) { return index }
    let ids = [movement.type == .payment ? movement.invoice : movement.product].compactMap { $0 }
    return own.firstIndex { ids.contains($0.gatewayRef ?? "") }
      ?? own.firstIndex { movement.moneyRefs.contains($0.moneyRef ?? "") }
  }
}

extension Movement {
  /// Our name for what it is about, whichever attempt at it succeeded; nil for a reference that can't be ours.
  var name: String? {
    guard let reference else { return nil }
    return switch type {
    case .payment, .other: reference
    case .refund: RefundAttempt(reference: reference)?.refundNumber
    case .payout: PayoutRecord.id(ofExternal: reference)?.description
    }
  }

  /// What webhooks call the money, which has a prefix there.
  var moneyRefs: [String] {
    guard type == .payment, let product else { return [] }
    return ["", "ewc_", "qrpy_", "plc_"].map { $0 + product }
  }
}
