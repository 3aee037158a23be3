internal import FunctionKit

/// What a transaction may still do.
struct TransactionState {
  private enum Phase {
    /// Nothing has been sent, not even `begin`.
    case untouched
    case begun
    /// A statement failed, so the server will do nothing but roll back.
    case failed(DatabaseError)
    case ended
  }

  private var phase = Phase.untouched

  var isEnded: Bool { if case .ended = phase { true } else { false } }

  /// - Returns: whether `begin` must go first.
  mutating func willSend() throws(DatabaseError) -> Bool {
    switch phase {
    case .untouched:
      phase = .begun
      return true
    case .begun: return false
    case .failed(let error): throw .failedBefore(error)
    case .ended: throw .ended
    }
  }

  mutating func didFail(_ error: DatabaseError) {
    if case .begun = phase { phase = .failed(error) }
  }

  /// What failed was in the part that is undone.
  mutating func willUndoPart() throws(DatabaseError) {
    switch phase {
    case .begun, .failed: phase = .begun
    case .untouched, .ended: throw .ended
    }
  }

  /// - Returns: whether there is something to commit.
  mutating func willCommit() throws(DatabaseError) -> Bool {
    switch phase {
    case .failed(let error): throw .failedBefore(error)
    case .ended: throw .ended
    case .untouched, .begun: break
    }
    defer { phase = .ended }
    if case .begun = phase { return true } else { return false }
  }

  mutating func didRollBack() { phase = .ended }
}
