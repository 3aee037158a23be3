import FunctionKit

/// Which money pays: promotional credit that fits, the soonest to expire first, then cash.
struct Spending: Sendable, Equatable {
  struct Lot: Sendable, Equatable {
    var id: ID
    var remaining: Int
    var minOrderAmount: Int?
    var expiresAt: Instant
  }

  struct Use: Sendable, Equatable {
    var lot: ID
    var amount: Int
  }

  var uses: [Use]
  var cash: Int

  var parts: Parts { Parts(cash: cash, promo: uses.map(\.amount).reduce(0, +)) }

  /// - Parameters:
  ///   - lots: in any order.
  ///   - order: what the order comes to; nil when none is known, and then lots that ask for a minimum do not fit.
  /// - Returns: nil when there is not enough.
  init?(_ amount: Int, cash: Int, lots: [Lot], order: Int?, at now: Instant) {
    var rest = amount
    uses = []
    for lot in lots.filter({ $0.fits(order, at: now) }).sorted(by: Lot.isSooner) where rest > 0 {
      let taken = min(rest, lot.remaining)
      uses.append(Use(lot: lot.id, amount: taken))
      rest -= taken
    }
    guard rest <= cash else { return nil }
    self.cash = rest
  }
}

extension Spending.Lot {
  func fits(_ order: Int?, at now: Instant) -> Bool {
    remaining > 0 && expiresAt > now && (order ?? 0) >= (minOrderAmount ?? 0)
  }

  static func isSooner(_ a: Self, _ b: Self) -> Bool { (a.expiresAt, a.id) < (b.expiresAt, b.id) }
}
