import FunctionKit

extension NewInvoice {
  /// - Parameter payments: what it pays; at least one, all of one buyer and one channel.
  init(_ invoice: InvoiceRecord, for payments: [PaymentRecord], at now: Instant) {
    let sum = payments.map(\.amounts).sum()
    externalId = invoice.externalId
    amount = invoice.amount
    description = "\(payments.first?.purpose.label ?? "") " + payments.map(\.shownNumber).joined(separator: ", ")
    // Rounded up, so that it never ends there before it ends here.
    duration = max(60, Int((invoice.expiresAt - now).microseconds + 999_999) / 1_000_000)
    let buyer = payments.first?.customer
    customer = Customer(
      givenNames: buyer?.name, email: buyer?.email, mobileNumber: buyer?.phone.flatMap(internationalNumber))
    channels = payments.first?.channel.flatMap(ChannelNames.theirs).map { [$0] }
    items = payments.filter { $0.amounts.goods > 0 }
      .map { Item(name: "\($0.purpose.label) \($0.shownNumber)", price: $0.amounts.goods) }
    fees = [("Ongkos kirim", sum.shipping), ("Pajak", sum.tax), ("Biaya layanan", sum.fee)]
      .filter { $0.1 > 0 }.map { Fee(type: $0.0, value: $0.1) }
    successURL = invoice.successUrl
    failureURL = invoice.failureUrl
  }
}

extension PaymentRecord {
  /// What the payer knows it by.
  var shownNumber: String { orderNumber ?? paymentNumber }
}

/// A telephone number as the provider takes it, `+62812…`; nil for what can't be one.
func internationalNumber(_ text: String) -> String? {
  let plain = text.filter { !" -().".contains($0) }
  let number =
    if plain.hasPrefix("+") { plain } else if plain.hasPrefix("0") { "+62" + plain.dropFirst() } else { "+" + plain }
  return number.wholeMatch(of: /\+[1-9][0-9]{7,14}/) == nil ? nil : number
}
