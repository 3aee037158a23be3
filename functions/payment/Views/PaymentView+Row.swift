import FunctionKit

extension PaymentView {
  private enum Columns: String, CodingKey {
    case id, paymentNumber, purpose, referenceId, orderNumber, status, merchandiseAmount, platformDiscount
    case shippingAmount, shippingDiscount, taxAmount, feeAmount, amount, walletAmount, gatewayAmount, refundedAmount
    case channel, expiresAt, paidAt
  }

  /// From the columns of a payment and of its invoice; its lines stand in rows of their own.
  init(row decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: Columns.self)
    id = try row.decode(ID.self, forKey: .id)
    paymentNumber = try row.decode(String.self, forKey: .paymentNumber)
    purpose = try row.decode(Purpose.self, forKey: .purpose)
    referenceId = try row.decode(ID.self, forKey: .referenceId)
    orderId = purpose == .order ? referenceId : nil
    orderNumber = try row.decodeIfPresent(String.self, forKey: .orderNumber)
    status = try row.decode(PaymentStatus.self, forKey: .status)
    merchandiseAmount = try row.decode(Int.self, forKey: .merchandiseAmount)
    platformDiscount = try row.decode(Int.self, forKey: .platformDiscount)
    shippingAmount = try row.decode(Int.self, forKey: .shippingAmount)
    shippingDiscount = try row.decode(Int.self, forKey: .shippingDiscount)
    taxAmount = try row.decode(Int.self, forKey: .taxAmount)
    feeAmount = try row.decode(Int.self, forKey: .feeAmount)
    amount = try row.decode(Int.self, forKey: .amount)
    walletAmount = try row.decode(Int.self, forKey: .walletAmount)
    gatewayAmount = try row.decode(Int.self, forKey: .gatewayAmount)
    refundedAmount = try row.decode(Int.self, forKey: .refundedAmount)
    channel = try row.decodeIfPresent(String.self, forKey: .channel)
    expiresAt = try row.decode(Instant.self, forKey: .expiresAt)
    paidAt = try row.decodeIfPresent(Instant.self, forKey: .paidAt)
    invoice = try InvoiceView(row: decoder)
    lines = []
  }
}
