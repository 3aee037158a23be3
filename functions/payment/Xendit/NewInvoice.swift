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

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(givenNames, unlessNilFor: .givenNames)
      try container.encode(email, unlessNilFor: .email)
      try container.encode(mobileNumber, unlessNilFor: .mobileNumber)
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

  /// Leaves out what is not there: to the provider `null` is a wrong value.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(externalId, forKey: .externalId)
    try container.encode(amount, forKey: .amount)
    try container.encode(currency, forKey: .currency)
    try container.encode(description, forKey: .description)
    try container.encode(duration, forKey: .duration)
    try container.encode(customer, forKey: .customer)
    try container.encode(items, forKey: .items)
    try container.encode(fees, forKey: .fees)
    try container.encode(channels, unlessNilFor: .channels)
    try container.encode(successURL, unlessNilFor: .successURL)
    try container.encode(failureURL, unlessNilFor: .failureURL)
  }
}

extension KeyedEncodingContainer {
  fileprivate mutating func encode(_ value: (some Encodable)?, unlessNilFor key: Key) throws {
    if let value { try encode(value, forKey: key) }
  }
}
