/// The hosts that a buyer may be sent back to, so that nobody is led elsewhere by a link that begins at ours.
struct RedirectHosts: Sendable {
  static let setting = "PAYMENT_REDIRECT_HOSTS"

  private let patterns: [Substring]

  /// - Parameter list: names with blanks between them; `*.lakoo.id` stands for all that end in `.lakoo.id`.
  init(_ list: String) { patterns = list.lowercased().split(separator: " ") }

  func allow(_ url: String) -> Bool {
    guard let host = Self.host(of: url) else { return false }
    return patterns.contains { pattern in
      pattern.hasPrefix("*.") ? host.hasSuffix(pattern.dropFirst()) : host == pattern
    }
  }

  /// - Returns: nil for what is no plain https address, such as one that browsers might read otherwise than we do.
  private static func host(of url: String) -> String? {
    guard url.hasPrefix("https://"), url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
      return nil
    }
    let authority = url.dropFirst("https://".count).prefix { !"/?#".contains($0) }
    let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, UInt16(parts[1]) == nil { return nil }
    let host = String(parts[0]).lowercased()
    let isName = host.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
    return isName && !host.isEmpty ? host : nil
  }
}
