import FunctionKit

/// Which way money goes back.
enum RefundMethod: String, Codable, SQLValue, Sendable, CaseIterable {
  case originalPayment = "original_payment"
  case wallet
  case bankTransfer = "bank_transfer"
}

/// What a channel can send back.
enum RefundMode: String, Codable, Sendable { case none, full, partial }
