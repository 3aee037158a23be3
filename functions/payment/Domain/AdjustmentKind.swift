import FunctionKit

/// Why a settlement differs from what its sales come to.
enum AdjustmentKind: String, Codable, SQLValue, Sendable, CaseIterable {
  case refundClawback = "refund_clawback"
  case commissionReturn = "commission_return"
  case adSpend = "ad_spend"
  case shippingOverage = "shipping_overage"
  case manual
}

extension AdjustmentKind {
  /// Who bears it or gains by it in the books; nil for what the refund itself has booked.
  var counterpart: Account? {
    switch self {
    case .refundClawback: nil
    case .commissionReturn: .commission
    case .adSpend: .sponsoredPosts
    case .shippingOverage: .courier
    case .manual: .absorbed
    }
  }
}
