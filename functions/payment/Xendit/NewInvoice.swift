import FunctionKit

/// What the provider is asked to collect, in the form it wants.
struct NewInvoice: Encodable, Sendable, Equatable {
  struct Customer: Encodable, Sendable, Equatable {
    var givenNames: String?
    var email: String?
    var mobileNumber: String?

    enum CodingKeys: String, CodingKey {
      case email
      case givenNames = "given_names"
      case mobileNumber = "mobile_number"
    }
  }

  struct Item: Encodable, Sendable, Equatable {
    var name: String
    var price: Int
    var quantity = 1
    var category = "order"
  }

  struct Fee: Encodable, Sendable, Equatable {
    var type: String
    var value: Int
  }

  var externalId: String
  var amount: Int
  var description: String
  var duration: Int
  var customer: Customer
  var channels: [String]?
  var items: [Item]
  var fees: [Fee]
  var successURL: String?
  var failureURL: String?
  let currency = "IDR"

  enum CodingKeys: String, CodingKey {
    case amount, description, customer, items, fees, currency
    case externalId = "external_id"
    case duration = "invoice_duration"
    case channels = "payment_methods"
    case successURL = "success_redirect_url"
    case failureURL = "failure_redirect_url"
  }
}

extension NewInvoice {
  /// - Parameter payments: what it pays; at least one, all of one buyer and one channel.
  init(_ invoice: InvoiceRecord, for payments: [PaymentRecord], at now: Instant) {
    let sum = payments.map(\.amounts).sum()
    externalId = invoice.externalId
    amount = invoice.amount
    description = "Pesanan " + payments.map(\.orderNumber).joined(separator: ", ")
    duration = max(60, Int((invoice.expiresAt - now).microseconds / 1_000_000))
    let buyer = payments.first?.customer
    customer = Customer(givenNames: buyer?.name, email: buyer?.email, mobileNumber: buyer?.phone)
    channels = payments.first?.channel.flatMap(ChannelNames.theirs).map { [$0] }
    items = payments.map { Item(name: "Pesanan \($0.orderNumber)", price: $0.amounts.goods) }
    fees = [("Ongkos kirim", sum.shipping), ("Pajak", sum.tax), ("Biaya layanan", sum.fee)]
      .filter { $0.1 > 0 }.map { Fee(type: $0.0, value: $0.1) }
    successURL = invoice.successUrl
    failureURL = invoice.failureUrl
  }
}
