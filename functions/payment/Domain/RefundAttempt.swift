/// One try to have the provider send money back, as it is called there: `REF-20260115-7K3QX-2`. Also its idempotency key,
/// so that no attempt sends twice.
struct RefundAttempt: Sendable, Equatable {
  var refundNumber: String
  var attempt: Int

  var reference: String { "\(refundNumber)-\(attempt)" }
}

extension RefundAttempt {
  /// - Returns: nil for a reference that is not ours.
  init?(reference: String) {
    let parts = reference.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "REF", let attempt = Int(parts[3]) else { return nil }
    self.init(refundNumber: parts[..<3].joined(separator: "-"), attempt: attempt)
  }
}
