import FunctionKit

/// A state that knows which states may follow it.
protocol State: RawRepresentable, SQLValue, Codable, Hashable, Sendable, CaseIterable where RawValue == String {
  /// How a refusal names the thing that has this state.
  static var entity: String { get }
  var next: Set<Self> { get }
}

extension State {
  /// - Throws: ``Problem`` 409 `invalid_state` for a change that the machine does not know.
  func mustAllow(_ state: Self) throws {
    guard next.contains(state) else {
      throw Problem.invalidState(Self.entity, from: rawValue, to: state.rawValue)
    }
  }
}

enum PaymentStatus: String, State {
  /// Recorded, without an invoice that could be paid.
  case pending
  case awaitingPayment = "awaiting_payment"
  case paid, expired, cancelled, failed
  case partiallyRefunded = "partially_refunded"
  case refunded

  static var entity: String { "payment" }

  /// A paid one never becomes expired, cancelled or failed; money that comes after the end is given back.
  var next: Set<PaymentStatus> {
    switch self {
    case .pending: [.awaitingPayment, .paid, .expired, .cancelled, .failed]
    case .awaitingPayment: [.pending, .paid, .expired, .cancelled, .failed]
    case .paid: [.partiallyRefunded, .refunded]
    case .partiallyRefunded, .expired, .cancelled, .failed: [.refunded]
    case .refunded: []
    }
  }

  var isUnpaid: Bool { self == .pending || self == .awaitingPayment }
}

enum InvoiceStatus: String, State {
  /// Recorded here; whether the provider has it is not known.
  case creating
  case open, paid, expired
  /// Replaced by another one, or left by one of its payments.
  case stale
  case failed

  static var entity: String { "invoice" }

  var next: Set<InvoiceStatus> {
    switch self {
    case .creating: [.open, .failed]
    case .open: [.paid, .expired, .stale]
    case .stale: [.expired, .paid]
    case .expired, .failed: [.paid]
    case .paid: []
    }
  }
}

enum RefundStatus: String, State {
  case pending, approved, rejected, processing, completed, failed

  static var entity: String { "refund" }

  var next: Set<RefundStatus> {
    switch self {
    case .pending: [.approved, .rejected]
    case .approved, .failed: [.processing]
    case .processing: [.completed, .failed]
    case .rejected, .completed: []
    }
  }
}

enum CommissionStatus: String, State {
  case pending, collectible, collected, waived, refunded

  static var entity: String { "commission" }

  var next: Set<CommissionStatus> {
    switch self {
    case .pending: [.collectible, .refunded, .waived]
    case .collectible: [.collected, .waived, .refunded]
    case .collected, .waived, .refunded: []
    }
  }
}
