import FunctionKit

/// What of each line goes back, and what its seller gives back for it.
struct RefundPlan: Sendable, Equatable {
  struct Line: Sendable, Equatable {
    var line: ID
    var parts: RefundParts
    var sellerReversal: Int
  }

  /// How much somebody asks for.
  enum Extent: Sendable, Equatable {
    /// What the reason usually gives back.
    case usual
    /// Taken from the goods of all lines first, then from tax, shipping and fee.
    case amount(Int)
    case lines([Wish])
  }

  /// What somebody asks for of one line.
  struct Wish: Sendable, Equatable {
    var line: ID
    var parts: RefundParts
    var sellerReversal: Int?
  }

  let lines: [Line]

  var total: RefundParts { lines.map(\.parts).sum() }

  /// - Throws: ``Problem`` 422 `refund_exceeds_paid` when it is more than what is left, or when nothing is.
  init(_ extent: Extent, because reason: RefundReason, of lines: [RefundableLine]) throws {
    let wishes =
      switch extent {
      case .usual: lines.map { Wish(line: $0.id, parts: $0.usual(reason)) }
      case .amount(let amount): try Self.spread(amount, over: lines)
      case .lines(let wishes): wishes
      }
    let isCancelled = reason == .orderCancelled
    self.lines = try wishes.compactMap { wish in
      guard let line = lines.first(where: { $0.id == wish.line }) else { throw Problem.notFound("line of the payment") }
      return try line.planned(wish, isCancelled: isCancelled)
    }
    guard total.total > 0 else { throw Problem.refundExceedsPaid }
  }

  /// Part by part, and within a part by what is left of it in each line.
  private static func spread(_ amount: Int, over lines: [RefundableLine]) throws -> [Wish] {
    let parts = RefundParts.taking(amount, from: lines.map(\.left).sum())
    guard parts.total == amount else { throw Problem.refundExceedsPaid }
    var wishes = lines.map { Wish(line: $0.id, parts: RefundParts()) }
    for part in RefundParts.inOrder {
      let shares = split(parts[keyPath: part], by: lines.map { $0.left[keyPath: part] })
      for index in wishes.indices { wishes[index].parts[keyPath: part] = shares[index] }
    }
    return wishes
  }
}

extension RefundableLine {
  fileprivate func usual(_ reason: RefundReason) -> RefundParts {
    var parts = RefundParts()
    for part in reason.usualParts { parts[keyPath: part] = left[keyPath: part] }
    return parts
  }

  /// Nil when nothing of the line moves.
  fileprivate func planned(_ wish: RefundPlan.Wish, isCancelled: Bool) throws -> RefundPlan.Line? {
    guard wish.parts.fits(in: left) else { throw Problem.refundExceedsPaid }
    let reversal = try sellerReversal(for: wish, isCancelled: isCancelled)
    guard wish.parts.total > 0 || reversal > 0 else { return nil }
    return RefundPlan.Line(line: id, parts: wish.parts, sellerReversal: reversal)
  }

  /// What the caller says; else all that is left once all goods are back; else in proportion to what the buyer paid of
  /// the goods, since the platform paid the rest. A cancelled order's goods are all back, even if the buyer paid nothing.
  private func sellerReversal(for wish: RefundPlan.Wish, isCancelled: Bool) throws -> Int {
    if let given = wish.sellerReversal {
      guard (0...reversalLeft).contains(given) else { throw Problem.refundExceedsPaid }
      return given
    }
    let goods = wish.parts.merchandise
    guard goods > 0 || isCancelled else { return 0 }
    if goods == left.merchandise { return reversalLeft }
    return min(reversalLeft, roundedShare(of: goods, times: merchandiseAmount, over: paidGoods))
  }
}

/// Rounded half up, of any size.
private func roundedShare(of amount: Int, times factor: Int, over whole: Int) -> Int {
  let (quotient, remainder) = whole.dividingFullWidth(amount.multipliedFullWidth(by: factor))
  return remainder >= whole - remainder ? quotient + 1 : quotient
}

extension Problem {
  static let refundExceedsPaid = Problem(
    422, "refund_exceeds_paid",
    "That is more than what is left of the payment, counting refunds under way; look at its refunds, then ask for less."
  )
}
