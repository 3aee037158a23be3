import FunctionKit
import Testing

/// What reads or writes several bytes at once does as it would byte by byte, wherever in the text a byte stands.
@Suite struct `Several bytes at once` {
  @Test func `text is escaped wherever the character stands`() throws {
    for scalar in (0..<0x180).compactMap(Unicode.Scalar.init) {
      let escaped =
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\0"..<" ": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: String(Character(scalar))
        }
      for length in [1, 7, 8, 9, 16, 21] {
        for place in 0..<length {
          let before = String(repeating: "a", count: place)
          let after = String(repeating: "!", count: length - place - 1)
          let json = try encodeJSON(before + String(Character(scalar)) + after)
          #expect(String(decoding: json, as: UTF8.self) == "\"\(before)\(escaped)\(after)\"")
        }
      }
    }
  }

  @Test func `an id is 32 digits and four hyphens, and nothing else is`() {
    let text = Array("0123abCD-45eF-6789-aBcd-fedcba987654".utf8)
    #expect(ID(String(decoding: text, as: UTF8.self))?.description == "0123abcd-45ef-6789-abcd-fedcba987654")
    for place in text.indices {
      for byte in UInt8.min...UInt8(0x7F) {
        var changed = text
        changed[place] = byte
        let id = ID(String(decoding: changed, as: UTF8.self))
        let isHyphen = text[place] == UInt8(ascii: "-")
        let isGood = isHyphen ? byte == UInt8(ascii: "-") : Character(Unicode.Scalar(byte)).isHexDigit
        #expect((id != nil) == isGood, "\(byte) at \(place)")
        if let id { #expect(id.description == String(decoding: changed, as: UTF8.self).lowercased()) }
      }
    }
    #expect(ID("0123abCD-45eF-6789-aBcd-fedcba98765é") == nil && ID("") == nil)
  }

  @Test func `ids are written as text and as JSON by their bits`() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      let id = ID(at: Instant(microseconds: .random(in: 0...(.max / 2))), random: (generator.next(), generator.next()))
      let digits = id.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(id.description.replacing("-", with: "") == digits && ID(id.description) == id)
      #expect(try String(decoding: encodeJSON([id]), as: UTF8.self) == "[\"\(id)\"]")
    }
  }

  @Test func `times of all years are written in full`() throws {
    for (microseconds, text) in [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999Z"), (253_402_300_800_000_000, "10000-01-01T00:00:00.000Z"),
      (Int64.max, "294247-01-10T04:00:54.775Z"), (-62_135_596_800_000_000, "0001-01-01T00:00:00.000Z"),
    ] {
      let instant = Instant(microseconds: Int64(microseconds))
      #expect(instant.description == text)
      struct At: Encodable { var at: Instant, end: Instant? }
      let json = try encodeJSON(At(at: instant, end: nil))
      #expect(String(decoding: json, as: UTF8.self) == "{\"at\":\"\(text)\",\"end\":null}")
    }
  }

  @Test func `a fragment keeps its values in the order of its holes`() {
    let many = (1...12).reduce("true" as SQL) { "\($0) and \($1)" }
    let whole: SQL = "select \(0) where \(many) and '$' = \("$1")"
    #expect(whole.binds == (0...12).map { "\($0)" } + ["$1"])
    #expect(whole.text == "select $1 where true" + (2...13).map { " and $\($0)" }.joined() + " and '$' = $14")
  }
}
