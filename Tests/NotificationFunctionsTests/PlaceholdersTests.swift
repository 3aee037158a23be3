import Testing

@testable import NotificationFunctions

@Suite struct PlaceholdersTests {
  private let placeholders = Placeholders(
    variables: [
      "name": TemplateVariable(type: .text, required: true), "amount": TemplateVariable(type: .rupiah, required: true),
      "note": TemplateVariable(type: .text, required: false),
    ],
    values: ["name": .text("Ayu & <Budi>"), "amount": .rupiah(279_250)])

  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("{{name}}", "Ayu & <Budi>"),
    ("a {{amount}}, b {{amount}}", "a Rp 279.250, b Rp 279.250"),
    ("[{{note}}]", "[]"), ("{one} brace", "{one} brace"), ("{{name}}{{amount}}", "Ayu & <Budi>Rp 279.250"),
  ]) func `values take the places of their names`(text: String, filled: String) throws {
    #expect(try placeholders.fill(text) == filled)
  }

  @Test(arguments: [
    ("{{name", TemplateError.unclosedPlaceholder), ("{{name}", .unclosedPlaceholder), ("{{nmae}}", .undeclared("nmae")),
    ("{{ name }}", .undeclared(" name ")), ("{{}}", .undeclared("")), ("{{{name}}}", .undeclared("{name")),
  ]) func `what can't be filled is an error`(text: String, error: TemplateError) {
    #expect(throws: error) { try placeholders.fill(text) }
  }

  @Test func `a required value must be there, and be of its type`() {
    var lacking = placeholders
    lacking.values["amount"] = nil
    #expect(throws: TemplateError.missing("amount")) { try lacking.fill("{{amount}}") }
    lacking.values["amount"] = .text("many")
    #expect(throws: TemplateError.wrongType("amount")) { try lacking.fill("{{amount}}") }
  }

  @Test func `values are escaped for where they stand, the text around them is not`() throws {
    #expect(try placeholders.fill("<b>{{name}}</b>", .html) == "<b>Ayu &amp; &lt;Budi&gt;</b>")
    #expect(try placeholders.fill("/x?n={{name}}", .url) == "/x?n=Ayu%20%26%20%3CBudi%3E")
    var accents = placeholders
    accents.values["name"] = .text("é\n")
    #expect(try accents.fill("{{name}}", .url) == "%C3%A9%0A")
  }

  @Test(
    arguments: ["{{amount}}", "{", "{{{{", "a{{b", "x{"], ["{{name}}", "{{name}}{", "{ {{name}}{x", "{{name}}{{name}}"])
  func `no value brings braces in`(value: String, text: String) throws {
    var sly = placeholders
    sly.values["name"] = .text(value)
    #expect(try !sly.fill(text).contains("{{"))
  }
}
