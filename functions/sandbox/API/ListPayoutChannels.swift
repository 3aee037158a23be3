import FunctionKit

/// Lists where can be paid out to.
struct ListPayoutChannels: Endpoint {
  struct Input: Decodable {
    var currency: String?
    var category: String?
    var code: String?

    enum CodingKeys: String, CodingKey {
      case currency
      case category = "channel_category"
      case code = "channel_code"
    }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      guard input.currency ?? "IDR" == "IDR" else { return [] }
      let wanted = PayoutChannel.all.filter { channel in
        (input.category ?? channel.category.rawValue) == channel.category.rawValue
          && (input.code ?? channel.code) == channel.code
      }
      return .array(wanted.map(\.object))
    }
  }
}
