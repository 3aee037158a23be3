/// The path of a service's endpoint: a literal whose holes are escaped, so that no value leads to another route.
public struct ServicePath: Sendable, ExpressibleByStringInterpolation {
  private let text: String
  /// Whether a value stands in it that no escape can carry.
  private let hasUnfitValue: Bool

  public init(stringLiteral text: String) { (self.text, hasUnfitValue) = (text, false) }
  public init(stringInterpolation parts: StringInterpolation) {
    (text, hasUnfitValue) = (parts.text, parts.hasUnfitValue)
  }

  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    var text = ""
    var hasUnfitValue = false
    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }
    public mutating func appendLiteral(_ literal: String) { text += literal }

    /// Nothing and dots have a meaning of their own in a path, escaped or not.
    public mutating func appendInterpolation(_ value: some LosslessStringConvertible) {
      let value = value.description
      if ["", ".", ".."].contains(value) { hasUnfitValue = true }
      text += escaped(value)
    }
  }
}

extension ServicePath {
  /// Path and query as they are sent.
  /// - Throws: ``ServiceError`` 400 `invalid_path`, before anything is sent.
  func target(
    _ query: KeyValuePairs<String, (any LosslessStringConvertible)?>, of service: String
  ) throws(ServiceError) -> String {
    guard !hasUnfitValue else {
      throw refusal("A value in the path is empty or made of dots, which no route takes.", service)
    }
    guard text.hasPrefix("/"), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains(["?", "#"]) else {
      throw refusal("The path '\(text)' must begin with '/'; write the query as query:.", service)
    }
    let pairs = query.compactMap { name, value in value.map { "\(escaped(name))=\(escaped($0.description))" } }
    return pairs.isEmpty ? text : "\(text)?\(pairs.joined(separator: "&"))"
  }

  private func refusal(_ detail: String, _ service: String) -> ServiceError {
    ServiceError(service, 400, "invalid_path", detail, mayHaveActed: false)
  }
}

extension String {
  fileprivate func contains(_ marks: [Character]) -> Bool { contains { marks.contains($0) } }
}

/// RFC 3986: everything but unreserved characters is percent-encoded.
private func escaped(_ text: String) -> String {
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      bytes.append(byte)
    default: bytes += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 15)]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
