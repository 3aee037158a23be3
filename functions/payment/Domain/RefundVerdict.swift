/// What a report means for the refund it is about.
enum RefundVerdict: Sendable, Equatable {
  /// Nothing that is not known already.
  case ignore(String)
  /// Something that a person has to look at.
  case park(String)
  /// The provider has it and will tell.
  case await
  case complete
  case fail(code: String)
}

extension RefundVerdict {
  static func on(_ report: RefundReport, refund: RefundRecord) -> RefundVerdict {
    let attempt = report.referenceId.flatMap(RefundAttempt.init(reference:))?.attempt ?? refund.attempts
    guard attempt == refund.attempts else { return onEarlierAttempt(report, attempt) }
    guard report.amount == refund.gatewayPart else {
      return .park("\(report.amount) was sent back instead of \(refund.gatewayPart)")
    }
    if let known = refund.gatewayRef, known != report.gatewayRef {
      return .park("the refund is \(known), the report is about \(report.gatewayRef)")
    }
    switch refund.status {
    case .processing: return onOpen(report)
    case .failed: return report.status == .succeeded ? .complete : .ignore("failed already")
    case .completed: return onCompleted(report)
    case .pending, .approved, .rejected: return .park("reported while it is \(refund.status.rawValue)")
    }
  }

  private static func onOpen(_ report: RefundReport) -> RefundVerdict {
    switch report.status {
    case .pending: .await
    case .succeeded: .complete
    case .failed, .cancelled: .fail(code: report.failureCode ?? report.status.rawValue)
    }
  }

  /// The money has gone back, and may not have.
  private static func onCompleted(_ report: RefundReport) -> RefundVerdict {
    switch report.status {
    case .pending, .succeeded: .ignore("completed already")
    case .failed, .cancelled: .park("failed after it was completed")
    }
  }

  /// Another attempt has taken its place, so that the money may go back twice.
  private static func onEarlierAttempt(_ report: RefundReport, _ attempt: Int) -> RefundVerdict {
    report.status == .succeeded
      ? .park("attempt \(attempt) succeeded after another one took its place")
      : .ignore("attempt \(attempt) is over")
  }
}
