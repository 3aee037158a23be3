import FunctionKit

extension Problem {
  static func insufficientBalance(_ amount: Int) -> Problem {
    Problem(422, "insufficient_balance", "The wallet does not have Rp \(amount) that may be used for this.")
  }

  static func holdClosed(_ status: HoldStatus) -> Problem {
    Problem(
      409, "hold_closed", "The hold is \(status.rawValue) already; what it set aside is no longer there for this.")
  }

  /// For a repeat that is none.
  static func referenceReused(_ what: String, _ id: ID) -> Problem {
    Problem(409, "reference_reused", "There is a \(what) for \(id) already, of another amount or wallet.")
  }
}
