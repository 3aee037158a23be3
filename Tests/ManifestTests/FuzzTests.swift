import Foundation
import Manifest
import Testing

/// A manifest can come from anybody's editor: no text may trap, and no refusal may be silent.
@Suite struct FuzzTests {
  @Test(arguments: ["payment.yaml", "webhooks.yaml"])
  func `any text yields either a manifest or mistakes within the file, never both or neither`(file: String) throws {
    let original = try String(contentsOf: sourceDirectory.appending(path: "Valid/\(file)"), encoding: .utf8)
    var random = SplitMix(state: 7)
    var accepted = 0
    for _ in 0..<3000 {
      let text = mutated(original, &random)
      let parsed = parseBundle(yaml: text, file: file)
      accepted += parsed.manifest == nil ? 0 : 1
      #expect((parsed.manifest == nil) == !parsed.diagnostics.isEmpty, "\(text)")
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
      #expect(parsed.diagnostics.allSatisfy { (1...lines + 1).contains($0.line) && $0.column >= 1 }, "\(text)")
    }
    #expect((1..<3000).contains(accepted), "the changes must neither all miss nor all break the file")
  }

  @Test func `any five fields are a schedule or are refused, and a schedule always comes again`() throws {
    let zone = try #require(TimeZoneRules(identifier: "Europe/London"))
    var random = SplitMix(state: 11)
    var accepted = 0
    for _ in 0..<20_000 {
      let fields = (0..<5).map { _ in Self.parts.randomElement(using: &random)! }
      let text = fields.joined(separator: " ")
      guard let schedule = try? CronSchedule(parsing: text) else { continue }
      accepted += 1
      let next = try #require(schedule.next(after: 1_770_000_000, zone: zone), "\(text)")
      #expect(next > 1_770_000_000)
    }
    #expect((100..<19_900).contains(accepted))
  }

  private static let parts = [
    "*", "*/2", "0", "5", "1-3", "1,4", "2/3", "*/31", "10-12", "29", "31", "2-1", "60", "-", "9-", "*/0", "1,,2",
  ]

  /// One to three changes: characters lost, doubled, swapped for those that mean something to YAML, or lines repeated.
  private func mutated(_ text: String, _ random: inout SplitMix) -> String {
    var characters = Array(text)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = characters.indices.randomElement(using: &random)!
      switch Int.random(in: 0...4, using: &random) {
      case 0: characters.remove(at: index)
      case 1: characters.insert(characters[index], at: index)
      case 2: characters[index] = "{}[]:,-#&*!|>'\"%@`~?\n\t\0é🙂\u{FFFE}0aZ".randomElement(using: &random)!
      case 3: characters.removeSubrange(index..<min(index + 20, characters.count))
      default: characters.insert(contentsOf: line(around: index, in: characters), at: index)
      }
    }
    return String(characters)
  }

  private func line(around index: Int, in characters: [Character]) -> [Character] {
    let start = characters[..<index].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = characters[start...].firstIndex(of: "\n") ?? characters.count
    return ["\n"] + characters[start..<end] + ["\n"]
  }
}
