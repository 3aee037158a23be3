import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Templates by chance: what is put to use can be filled with anything, and fits.
@Suite struct TemplatePropertyTests {
  private static let admin = Caller(userID: sampleUser(900), role: .admin)
  private static let pieces = ["{{name}}", "{{price}}", "{{count}}", "Obral ", "é", " || ", "}", " "]
  /// With these next to others a text may make no sense any longer.
  private static let odd = ["{", "}}", "{{name}}{", "{{unknown}}", "{{name", "x{"]
  private static let values = ["{{price}}", "{", "{{", "a{{b}}", "x{", "}}", "Sari", "🎉", "é{", "{{{{", ""]

  private static func template(_ chance: inout Chance) -> Template {
    func piece() -> String { chance.draw(20) == 0 ? odd[chance.draw(odd.count)] : pieces[chance.draw(pieces.count)] }
    func text() -> String { (0...chance.draw(7)).map { _ in piece() }.joined() }
    return Template(
      code: "x", version: 1, type: "promotion", category: .marketing, channels: [.inApp], priority: .low,
      titleTpl: text(), bodyTpl: text(), smsTpl: chance.draw(2) == 0 ? text() : nil, htmlTpl: text(),
      actionUrlTpl: text(), actionText: nil,
      variables: [
        "name": TemplateVariable(type: .text, required: true), "price": TemplateVariable(type: .rupiah, required: true),
        "count": TemplateVariable(type: .count, required: true),
      ])
  }

  @Test func `what can be put to use never leaves a placeholder, whatever the values are`() throws {
    let seed = UInt64.random(in: 1...999_999)
    var chance = Chance(state: seed)
    var (good, bad) = (0, 0)
    for _ in 0..<4_000 {
      let template = Self.template(&chance)
      do { try template.mustRender() } catch {
        bad += 1
        continue
      }
      good += 1
      for count in [1, 2, 3] {
        let text = try template.render([
          "name": .text(Self.values[chance.draw(Self.values.count)]), "price": .rupiah(chance.draw(1_000_000)),
          "count": .count(count),
        ])
        for part in [text.title, text.body, text.shortText ?? "", text.html ?? "", text.actionURL ?? ""] {
          #expect(!part.contains("{{"), "seed \(seed): \(template) gives \(part)")
        }
        #expect((text.shortText ?? "").count <= 160)
      }
    }
    #expect(good > 300 && bad > 300, "seed \(seed): \(good) good, \(bad) bad")
  }

  /// Around the limit, with and without a character that not every phone knows.
  @Test(arguments: [
    (160, "a", true), (161, "a", false), (40, "a", true), (159, "é", true), (158, "ê", false), (10, "🎉", false),
    (160, "€", false), (161, "é", false),
  ])
  func `a short text fits every phone, or is refused when it is put to use`(
    length: Int, last: String, isGood: Bool
  ) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let sms = String(repeating: "a", count: length - 1) + last
      let body: JSON = [
        "code": "flash_sale", "name": "Obral", "type": "promotion", "category": "marketing", "title": "Obral",
        "body": "Obral", "sms": .string(sms), "channels": ["sms"], "variables": [:],
      ]
      let made = try await notification.call("CreateTemplate", body: body, caller: Self.admin)
      guard let id = made.data["id"]?.string else {
        // What no column holds is refused before.
        #expect(!isGood && made.status == 422, "\(made.json)")
        return
      }
      let used = try await notification.call("ActivateTemplate", path: [("id", id)], caller: Self.admin)
      #expect(used.status == (isGood ? 200 : 422), "\(used.json)")
      if !isGood { #expect(used.code == "sms_too_long") }
    }
  }

  private struct Chance {
    var state: UInt64

    mutating func draw(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }
}
