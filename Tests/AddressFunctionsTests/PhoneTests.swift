import Testing

@testable import AddressFunctions

@Suite struct PhoneTests {
  @Test(arguments: ["0812-3456-7890", "62 812 3456 7890", "+6281234567890", "81234567890", "(0812) 3456 7890"])
  func `every spelling of a number is one number`(spelled: String) {
    #expect(Phone(spelled)?.text == "+6281234567890")
  }

  @Test(arguments: [
    "12345", "+6012345678", "", "abc", "0", "62", "08123456", "081234567890123", "0112345678", "+62 0812 3456 7890",
    "٠٨١٢٣٤٥٦٧٨٩٠",
  ])
  func `what is no number of Indonesia is none`(spelled: String) {
    #expect(Phone(spelled) == nil)
  }

  @Test func `eight to twelve digits after the country's code`() {
    #expect(Phone("021234567")?.text == "+6221234567")
    #expect(Phone("02123456") == nil)
    #expect(Phone("0812345678901")?.text == "+62812345678901")
    #expect(Phone("08123456789012") == nil)
  }

  @Test(arguments: (0..<200).map { UInt64($0) })
  func `spelled anyhow it is the same, and once more it stays so`(seed: UInt64) throws {
    var random = Seeded(seed)
    let rest = (0..<Int.random(in: 7...11, using: &random)).map { _ in Int.random(in: 0...9, using: &random) }
    let national = "\(Int.random(in: 2...9, using: &random))" + rest.map(String.init).joined()
    var prefixes = ["0", "62", "+62", "+62-", "0 "]
    if national.hasPrefix("8") { prefixes.append("") }
    let prefix = try #require(prefixes.randomElement(using: &random))
    let spelled = national.reduce(into: prefix) { text, digit in
      text +=
        Bool.random(using: &random) ? "\(digit)" : ["-", " ", ".", "("].randomElement(using: &random)! + "\(digit)"
    }
    let phone = try #require(Phone(spelled), "seed \(seed): \(spelled)")
    #expect(phone.text == "+62" + national, "seed \(seed): \(spelled)")
    #expect(Phone(phone.text) == phone, "seed \(seed)")
    #expect(phone.text.wholeMatch(of: /\+62[2-9][0-9]{7,11}/) != nil)
  }
}
