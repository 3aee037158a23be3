import FunctionKit

/// How a refund of wallet money goes back to where it came from: the cash of the captured hold first, then its
/// promotional credit, lot by lot in the order used; what the hold never took is cash.
struct Restoration: Sendable, Equatable {
  struct Use: Sendable, Equatable {
    var lot: ID
    /// Captured and not yet restored.
    var open: Int
    var expiresAt: Instant
  }

  struct Lot: Sendable, Equatable {
    var of: ID
    var amount: Int
    var expiresAt: Instant
  }

  /// Cash that the hold took.
  var held: Int
  /// Cash beyond all that the hold took.
  var beyond: Int
  var lots: [Lot]

  var parts: Parts { Parts(cash: held + beyond, promo: lots.map(\.amount).reduce(0, +)) }

  /// - Parameters:
  ///   - cash: captured and not yet restored.
  ///   - uses: in the order used.
  init(_ amount: Int, cash: Int, uses: [Use], at now: Instant) {
    held = min(amount, cash)
    var rest = amount - held
    lots = []
    for use in uses where rest > 0 && use.open > 0 {
      let part = min(rest, use.open)
      lots.append(Lot(of: use.lot, amount: part, expiresAt: max(use.expiresAt, now + Self.life)))
      rest -= part
    }
    beyond = rest
  }

  /// Restored credit can be used for at least so long.
  private static let life: Duration = .days(7)
}
