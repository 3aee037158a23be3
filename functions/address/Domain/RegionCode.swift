import FunctionKit

enum RegionLevel: String, Codable, Sendable, CaseIterable, SQLValue {
  case province, city, district
}

/// A region's official code, which begins with the codes of what the region lies in.
struct RegionCode: Sendable, Hashable {
  let text: String
  let level: RegionLevel

  /// Nil unless the text is 2, 4 or 6 digits.
  init?(_ text: String) {
    guard isDigits(text) else { return nil }
    switch text.utf8.count {
    case 2: level = .province
    case 4: level = .city
    case 6: level = .district
    default: return nil
    }
    self.text = text
  }

  var province: String { String(text.prefix(2)) }
  var city: String? { level == .province ? nil : String(text.prefix(4)) }
  var district: String? { level == .district ? text : nil }
}

func isDigits(_ text: String) -> Bool { text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
