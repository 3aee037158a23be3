import FunctionKit

/// How a payment ended without being paid.
enum UnpaidEnd: Sendable {
  case expired
  /// - Parameter isReplaced: whether another payment takes its place.
  case cancelled(reason: String, isReplaced: Bool = false)
  case failed(code: String, reason: String)
}

extension Work {
  /// Tells that nothing was paid. Those who wait for an order meet orders alone; the others are told in their own terms,
  /// and not while another payment goes on.
  func announce(_ payment: PaymentRecord, _ end: UnpaidEnd) async throws {
    if payment.purpose == .order { return try await announceOrder(payment, end) }
    if case .cancelled(_, isReplaced: true) = end { return }
    switch payment.purpose {
    case .walletTopup: try await emit(WalletTopUpFailed(payment, reason: end.word, at: now))
    case .sponsoredPost:
      guard try await note(end.status, ofPost: payment) != nil else { return }
      try await emit(SponsoredPostPaymentFailed(payment, reason: end.word, at: now))
    case .bazaarFee, .order: break
    }
  }

  private func announceOrder(_ payment: PaymentRecord, _ end: UnpaidEnd) async throws {
    switch end {
    case .expired: try await emit(PaymentExpired(payment, at: now))
    case .cancelled(let reason, _): try await emit(PaymentCancelled(payment, reason: reason, at: now))
    case .failed(let code, let reason):
      try await emit(PaymentFailed(payment, code: code, reason: reason, at: now))
    }
  }
}

extension UnpaidEnd {
  fileprivate var status: SponsoredPostPayment.Status {
    switch self {
    case .expired: .expired
    case .cancelled: .cancelled
    case .failed: .failed
    }
  }

  fileprivate var word: String {
    switch self {
    case .expired: "expired"
    case .cancelled: "cancelled"
    case .failed: "failed"
    }
  }
}
