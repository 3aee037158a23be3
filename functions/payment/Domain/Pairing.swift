import FunctionKit

/// How a movement differs between the provider's list and our books.
enum Mismatch: String, Codable, SQLValue, Sendable, CaseIterable {
  case missingHere = "missing_here"
  case missingThere = "missing_there"
  case amountMismatch = "amount_mismatch"
  case feeMismatch = "fee_mismatch"
  /// A second success of what can succeed once.
  case duplicate
  /// Of a kind that these books know nothing of.
  case unmodelled

  /// Whether a day with one of these is out of balance until it is healed.
  var unbalances: Bool { self != .unmodelled }
}

/// A movement of the provider's beside the one of ours that it may be.
struct Pairing: Sendable, Equatable {
  /// A movement counts as the same one up to so far apart.
  static let reach: Duration = .days(1)

  var there: Movement
  var here: OwnMovement?
  /// Whether a reconciliation has brought it into our books, so that it counts as missing whenever it is looked at again.
  var wasHealed = false

  /// - Returns: nil when both say the same.
  var mismatch: Mismatch? {
    if there.effect == .unmodelled { return .unmodelled }
    guard let here else { return .missingHere }
    if let known = here.pairedWith, known != there.id { return .duplicate }
    if isOtherAttempt { return here.isDone ? .duplicate : .missingHere }
    if wasHealed || !isHere { return .missingHere }
    if there.effect == .undone { return nil }
    guard here.amount == there.amount else { return .amountMismatch }
    if let booked = here.fee, let fee = there.fee, booked != fee { return .feeMismatch }
    return nil
  }

  /// Whether our books have what the provider has, whatever the amount.
  var isHere: Bool {
    guard let here, !isOtherAttempt else { return false }
    return there.effect == .undone ? here.isUndone : here.isDone && isNear(here.at)
  }

  /// Whether they are one and the same from now on.
  var isPair: Bool { here != nil && here?.pairedWith == nil && isHere && there.effect != .unmodelled }

  /// What the provider kept and the books do not have yet; below nothing for what it gave back with money that came back.
  var unbookedFee: Int? {
    guard mismatch != .duplicate, isHere, let here, let fee = there.fee else { return nil }
    switch there.effect {
    case .done: return here.fee == nil ? fee : nil
    case .undone: return here.fee == fee ? nil : fee - (here.fee ?? 0)
    case .none, .unmodelled: return nil
    }
  }

  /// What our books have by it, rupiah; nothing for what they did not have by themselves.
  var signedAmountHere: Int {
    guard let here, there.effect == .done, isHere, !wasHealed, mismatch != .duplicate else { return 0 }
    return here.amount * there.type.sign
  }

  /// Money went out for an attempt that another one has taken the place of.
  private var isOtherAttempt: Bool {
    guard let here, let reference = there.reference, there.type != .payment else { return false }
    return reference != here.reference && there.name == here.name
  }

  private func isNear(_ moment: Instant?) -> Bool {
    guard let moment else { return true }
    return (.zero - Self.reach)...Self.reach ~= there.at - moment
  }
}
