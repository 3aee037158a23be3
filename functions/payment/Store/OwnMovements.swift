import FunctionKit

extension MovementType {
  /// The columns of ``OwnMovement``, of the table that has movements of this type.
  fileprivate var columns: SQL {
    switch self {
    case .payment, .other:
      """
      id, external_id as reference, external_id as name, gateway_ref, gateway_payment_id as money_ref,
        paid_amount is not null as is_done, false as is_undone, coalesce(paid_amount, amount) as amount,
        gateway_fee as fee, paid_at as at, reconciled_txn as paired_with
      """
    case .refund:
      """
      id, refund_number || '-' || attempts as reference, refund_number as name, gateway_ref, null as money_ref,
        status = 'completed' and method = 'original_payment' as is_done, false as is_undone, gateway_part as amount,
        gateway_fee as fee, completed_at as at, reconciled_txn as paired_with
      """
    case .payout:
      """
      id, external_id as reference, id::text as name, gateway_ref, null as money_ref, status = 'succeeded' as is_done,
        status = 'reversed' as is_undone, amount, gateway_fee as fee, completed_at as at,
        reconciled_txn as paired_with
      """
    }
  }

  var table: SQL {
    switch self {
    case .payment, .other: "gateway_invoice"
    case .refund: "refund"
    case .payout: "payout"
    }
  }

  fileprivate func condition(_ movements: [Movement]) -> SQL {
    let names = movements.compactMap(\.name)
    let products = movements.compactMap(\.product)
    switch self {
    case .payment, .other:
      return """
        external_id = any(\(names)::text[]) or gateway_ref = any(\(movements.compactMap(\.invoice))::text[])
          or gateway_payment_id = any(\(movements.flatMap(\.moneyRefs))::text[])
        """
    case .refund: return "refund_number = any(\(names)::text[]) or gateway_ref = any(\(products)::text[])"
    case .payout: return "id = any(\(names)::uuid[]) or gateway_ref = any(\(products)::text[])"
    }
  }

  /// What of ours some movements of this type may be.
  func own(of movements: [Movement]) -> SQL {
    "select \(columns) from \(table) where \(condition(movements)) order by id"
  }

  /// What only our books have of a day so far.
  /// - Parameter last: the last one before.
  func unreconciled(on day: BusinessDay, after last: ID?, most: Int) -> SQL {
    let (moment, condition): (SQL, SQL) =
      switch self {
      case .payment, .other: ("paid_at", "paid_at is not null")
      case .refund: ("completed_at", "status = 'completed' and method = 'original_payment'")
      case .payout: ("completed_at", "status = 'succeeded'")
      }
    let from: SQL =
      if let last {
        "(\(moment), id) > ((select \(moment) from \(table) where id = \(last)), \(last)::uuid)"
      } else {
        "\(moment) >= \(day.start)"
      }
    return """
      select \(columns) from \(table)
      where reconciled_txn is null and \(condition) and \(from) and \(moment) < \(day.end)
      order by \(moment), id limit \(most)
      """
  }
}
