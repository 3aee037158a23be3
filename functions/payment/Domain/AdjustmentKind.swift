import FunctionKit

/// Why a settlement differs from what its sales come to.
enum AdjustmentKind: String, Codable, SQLValue, Sendable, CaseIterable {
  case refundClawback = "refund_clawback"
  case commissionReturn = "commission_return"
  case adSpend = "ad_spend"
  case shippingOverage = "shipping_overage"
  case manual
}
