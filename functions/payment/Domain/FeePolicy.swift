import FunctionKit

/// What the buyer pays for paying.
struct FeePolicy: Codable, Sendable, Equatable {
  enum Base: String, Codable, Sendable, CaseIterable { case goods, total }

  var rateBp: Int
  var fixedAmount: Int
  var base: Base

  /// The fee of one bill; nothing when the wallet covers all of it.
  /// - Parameters:
  ///   - charge: the whole bill before its fee.
  ///   - wallet: how much of it the wallet pays.
  func fee(on charge: Amounts, wallet: Int) -> Int {
    guard wallet < charge.due else { return 0 }
    let base = base == .goods ? charge.goods : charge.due
    return share(of: max(0, base - wallet), basisPoints: rateBp) + fixedAmount
  }
}
