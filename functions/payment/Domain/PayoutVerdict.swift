/// What a report asks for, decided before anything is touched.
enum PayoutVerdict: Sendable, Equatable {
  case accept, succeed, fail, cancel, reverse
  case ignore(String)
  /// For a person: money may be where nobody expects it.
  case park(String)

  static func on(_ report: PayoutReport, _ payout: PayoutRecord) -> PayoutVerdict {
    guard report.amount == payout.amount else {
      return .park("\(report.amount) is reported of a payout of \(payout.amount)")
    }
    guard report.externalId == payout.externalId || report.gatewayRef == payout.gatewayRef else {
      return report.status == .succeeded
        ? .park("\(report.externalId) was paid, but attempt \(payout.attempts) has taken its place")
        : .ignore("it is about an attempt before")
    }
    return switch payout.status {
    case .creating, .accepted: onOpen(report, payout.status)
    case .succeeded: onSucceeded(report)
    case .failed, .cancelled: onUnpaid(report, payout.status)
    case .reversed: .ignore("it was reversed already")
    }
  }

  private static func onOpen(_ report: PayoutReport, _ status: PayoutStatus) -> PayoutVerdict {
    switch report.status {
    case .accepted: status == .creating ? .accept : .ignore("it is accepted already")
    case .succeeded: .succeed
    case .failed: .fail
    case .cancelled: .cancel
    case .reversed: .reverse
    }
  }

  private static func onSucceeded(_ report: PayoutReport) -> PayoutVerdict {
    switch report.status {
    case .reversed: .reverse
    case .accepted, .succeeded: .ignore("it has succeeded already")
    case .failed, .cancelled: .park("it has succeeded here, but not at the provider")
    }
  }

  private static func onUnpaid(_ report: PayoutReport, _ status: PayoutStatus) -> PayoutVerdict {
    switch report.status {
    case .succeeded: .park("it is \(status.rawValue) here, but paid at the provider")
    case .accepted, .failed, .cancelled, .reversed: .ignore("it is \(status.rawValue) already")
    }
  }
}
