internal import FunctionKit
internal import HTTPServer

/// Reads the parts of a target that arrive percent-encoded.
enum RequestParts {
  /// - Throws: ``Problem`` 400 for a broken escape, bytes that are no UTF-8, and a zero byte, which no database takes.
  static func decoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws(Problem) -> String {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < bytes.endIndex, let high = hex(bytes[index + 1]), let low = hex(bytes[index + 2]) else {
          throw broken
        }
        plain.append(high << 4 | low)
        index += 3
      } else {
        plain.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    guard !plain.contains(0), let text = String(validating: plain, as: UTF8.self) else { throw broken }
    return text
  }

  static func path(_ names: [String], _ values: [ArraySlice<UInt8>]) throws(Problem) -> [(name: String, value: String)]
  {
    var parameters: [(name: String, value: String)] = []
    for (name, value) in zip(names, values) {
      parameters.append((name, try decoded(value, plusIsSpace: false)))
    }
    return parameters
  }

  static func query(_ bytes: ArraySlice<UInt8>?) throws(Problem) -> [(name: String, value: String)] {
    guard let bytes, !bytes.isEmpty else { return [] }
    var parameters: [(name: String, value: String)] = []
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      let name = try decoded(pair[..<equals], plusIsSpace: true)
      let value = equals < pair.endIndex ? try decoded(pair[(equals + 1)...], plusIsSpace: true) : ""
      parameters.append((name, value))
    }
    return parameters
  }

  /// The client's request id when it is one that can stand in a header and a log line, else none.
  static func requestID(_ headers: Headers) -> String? {
    guard let bytes = headers.firstBytes("x-request-id"), (1...128).contains(bytes.count),
      bytes.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a body's type is JSON; parameters such as a charset are ignored. What nearly all clients send is known by its
  /// bytes.
  static func isJSON(_ headers: Headers) -> Bool {
    guard let type = headers.firstBytes("content-type") else { return false }
    if type.elementsEqual("application/json".utf8) { return true }
    let name = String(decoding: type, as: UTF8.self).prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    return name == "application/json" || (name.hasPrefix("application/") && name.hasSuffix("+json"))
  }

  /// Whether a body is written as an HTML form is.
  static func isForm(_ headers: Headers) -> Bool {
    guard let type = headers.firstBytes("content-type") else { return false }
    let name = String(decoding: type, as: UTF8.self).prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    return name == "application/x-www-form-urlencoded"
  }

  private static let broken = Problem(
    400, "bad_request", "The request's path or query has a broken percent escape, a zero byte, or is not UTF-8.")

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
