import FunctionKit

/// What a seller's next settlement is made of.
struct SellerDues: Sendable {
  /// What is left of an earlier settlement, or owed since then.
  struct Carry: Decodable, Sendable {
    var id: ID
    var carryOut: Int
  }

  var sales: [CommissionRecord]
  var adjustments: [AdjustmentRecord]
  var carries: [Carry]

  /// What is only carried on makes no settlement.
  var isEmpty: Bool { sales.isEmpty && adjustments.isEmpty }

  var sums: SettlementSums {
    var sums = SettlementSums(
      adjustments: adjustments.map(\.amount).reduce(0, +), carryIn: carries.map(\.carryOut).reduce(0, +))
    for sale in sales { sums.add(sale) }
    return sums
  }
}

extension Database {
  /// - Parameters:
  ///   - end: sales that were completed earlier are due.
  ///   - locking: how the rows are held, if they are.
  func dues(of seller: ID, before end: Instant, _ locking: SQL = "") async throws -> SellerDues {
    SellerDues(
      sales: try await all(SellerDues.sales(of: seller, before: end, locking)),
      adjustments: try await all(SellerDues.adjustments(of: seller, locking)),
      carries: try await all(SellerDues.carries(of: seller, locking)))
  }

  /// The next seller with anything to settle, in the order of their ids.
  func dueSeller(after last: ID, before end: Instant) async throws -> ID? {
    try await first(SellerDues.nextSeller(after: last, before: end))
  }

  /// The user behind a seller, as far as it is known here: as their newest due sale or their last settlement has it.
  func knownUser(ofSeller seller: ID, before end: Instant) async throws -> ID? {
    if let sold: ID = try await first(SellerDues.newestUser(of: seller, before: end)) { return sold }
    return try await first(
      "select seller_user_id from settlement where seller_id = \(seller) order by id desc limit 1")
  }
}

/// How it is found, by indices of what is not settled yet: however much there ever was, it costs the same.
extension SellerDues {
  /// The offset keeps all refunds under way from being gone through for every seller: each sale looks up its own.
  static func sales(of seller: ID, before end: Instant, _ locking: SQL = "") -> SQL {
    """
    select \(CommissionRecord.columns) from commission_ledger sale
    where seller_id = \(seller) and settlement_id is null and collectible_at is not null and collectible_at < \(end)
      and not exists (select from refund
        where payment_id = sale.payment_id and status in ('pending', 'approved', 'processing') offset 0)
    order by id \(locking)
    """
  }

  static func adjustments(of seller: ID, _ locking: SQL = "") -> SQL {
    """
    select \(AdjustmentRecord.columns) from settlement_adjustment
    where seller_id = \(seller) and settlement_id is null order by id \(locking)
    """
  }

  static func carries(of seller: ID, _ locking: SQL = "") -> SQL {
    """
    select id, carry_out from settlement
    where seller_id = \(seller) and carry_out <> 0 and carried_to is null order by id \(locking)
    """
  }

  static func nextSeller(after last: ID, before end: Instant) -> SQL {
    """
    select seller_id from (
      (select seller_id from commission_ledger
        where settlement_id is null and collectible_at is not null and collectible_at < \(end)
          and seller_id > \(last)
        order by seller_id limit 1)
      union all
      (select seller_id from settlement_adjustment where settlement_id is null and seller_id > \(last)
        order by seller_id limit 1)) due
    order by seller_id limit 1
    """
  }

  static func newestUser(of seller: ID, before end: Instant) -> SQL {
    """
    select seller_user_id from commission_ledger sale join payment_line line on line.id = sale.payment_line_id
    where sale.seller_id = \(seller) and settlement_id is null and collectible_at is not null
      and collectible_at < \(end) and seller_user_id is not null
    order by collectible_at desc limit 1
    """
  }
}

extension ID {
  /// Before all others, to begin a walk with.
  static let first = ID(at: Instant(seconds: 0), random: (0, 0))
}
