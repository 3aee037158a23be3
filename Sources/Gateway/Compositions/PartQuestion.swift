internal import FunctionKit
internal import Manifest

/// A part that can be asked for, with its holes filled.
struct PartQuestion {
  let part: PartManifest
  /// Of its path, percent-encoded.
  let segments: [String]
  /// Path and query, percent-encoded.
  let target: String
}

/// What the holes of a part's path are filled with.
struct PartHoles {
  /// Of the composition's own route, decoded.
  let parameters: [(name: String, value: String)]
  /// The answers that are there, by the parts' names.
  let found: [String: JSON]

  /// - Returns: nil when a hole's field holds nothing that could be asked with.
  func question(_ part: PartManifest) -> PartQuestion? {
    var segments: [String] = []
    for piece in part.path.segments {
      guard let value = value(piece), !["", ".", ".."].contains(value) else { return nil }
      segments.append(RequestParts.encoded(value))
    }
    var query: [String] = []
    for item in part.path.query {
      guard let value = value(item.value) else { return nil }
      query.append("\(item.name)=\(RequestParts.encoded(value))")
    }
    let path = "/" + segments.joined(separator: "/")
    return PartQuestion(
      part: part, segments: segments, target: query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))")
  }

  private func value(_ piece: PartPath.Piece) -> String? {
    switch piece {
    case .text(let text): text
    case .parameter(let name): parameters.first { $0.name == name }?.value
    case .field(let part, let path): path.reduce(found[part]) { $0?[$1] }?.word
    }
  }
}

extension JSON {
  /// As it stands in a path; nil for what has parts, and for nothing.
  fileprivate var word: String? {
    switch self {
    case .string(let text): text.isEmpty ? nil : text
    case .number(let number): number.text
    case .bool(let value): "\(value)"
    case .null, .array, .object: nil
    }
  }
}

extension RequestParts {
  /// RFC 3986: everything but unreserved characters is percent-encoded.
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if isLetter || isDigit || "-._~".utf8.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
