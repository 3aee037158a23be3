/// What carriers charge, as a setting has it: `sms=450 email=5.6`, rupiah for each message, for a text each part of it.
struct MessagePrices: Sendable, Equatable {
  /// In millionths of a rupiah, by the channel's name.
  private var prices: [String: Int] = [:]

  /// What can't be read costs nothing: no message waits for its price.
  init(_ text: String) {
    for entry in text.split(separator: " ") {
      let parts = entry.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let price = Self.micro(parts[1]) else { continue }
      prices[String(parts[0])] = price
    }
  }

  func cost(of channel: Channel, parts: Int) -> Int { (prices[channel.rawValue] ?? 0) * parts }

  private static func micro(_ text: Substring) -> Int? {
    let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = halves.count == 2 ? String(halves[1]) : ""
    guard let digits = halves.first, (1...7).contains(digits.utf8.count), fraction.utf8.count <= 6,
      (digits + fraction).allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Int(digits + fraction + String(repeating: "0", count: 6 - fraction.utf8.count))
  }
}

extension GSMAlphabet {
  /// How many messages a text is sent as: one longer than fits gives up room for what joins its parts.
  static func parts(of text: String) -> Int {
    let isBasic = text.allSatisfy(isBasic)
    let (count, one, each) = isBasic ? (text.count, 160, 153) : (text.utf16.count, 70, 67)
    return count <= one ? 1 : (count + each - 1) / each
  }
}
