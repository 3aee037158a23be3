extension Fields {
  /// Reads what says how an HMAC-SHA-256 stands in a header; this mapping is that of `verify`.
  func readSignature() -> WebhookSignature? {
    require("header", example: "X-Signature")
    let header = read("header", Names.header)
    let encoding: WebhookSignature.Encoding? = read("encoding", Numbers.choice)
    let prefix = read("prefix", prefix)
    let timestamp = readTimestamp()
    return header.map {
      WebhookSignature(header: $0, encoding: encoding ?? .hex, prefix: prefix ?? "", timestamp: timestamp)
    }
  }

  private func prefix(_ text: String) throws(Mistake) -> String {
    guard text.unicodeScalars.allSatisfy({ ("!"..."~").contains($0) }) else {
      throw Mistake("can't stand before a signature; write visible characters without blanks, such as sha256=")
    }
    return text
  }

  private func readTimestamp() -> SignedTimestamp? {
    let tolerance = read("tolerance", Units.timeout)
    if let entry = entry("tolerance"), !has("timestamp") {
      let text = "'tolerance'\(inPlace) says nothing without 'timestamp', the header that it is about; add that"
      mistakes.add(text, at: entry.position)
    }
    guard let header = read("timestamp", Names.header) else { return nil }
    if let value = value("timestamp"), header.lowercased() == entry("header")?.value.text?.lowercased() {
      refuse(value, of: "timestamp", Mistake("is the header of the signature; name the one of the time"))
    }
    return SignedTimestamp(header: header, tolerance: tolerance ?? .seconds(300))
  }
}
