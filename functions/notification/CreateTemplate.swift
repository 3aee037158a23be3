import FunctionKit

/// Writes a new version of a template, as a draft.
struct CreateTemplate: Endpoint {
  struct Input: Decodable, Limited {
    var code: String
    var locale: Locale?
    var name: String
    var type: String
    var category: Category
    var title: String
    var body: String
    var sms: String?
    var html: String?
    var actionUrl: String?
    var actionText: String?
    var channels: [Channel]
    var priority: Priority?
    var variables: [String: TemplateVariable]

    static let limits: [String: FieldLimit] = [
      "code": .text(3...100), "name": .text(1...100), "type": .text(1...40), "title": .text(1...255),
      "body": .text(1...4000), "sms": .text(1...160), "html": .text(1...200_000), "actionUrl": .text(1...500),
      "actionText": .text(1...100), "channels": .count(1...5),
    ]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<TemplateView> {
    try input.validate()
    let user = try context.requireUser()
    let (locale, work) = (input.locale ?? .indonesian, context.ownWork)
    try await work.hold("template:\(input.code):\(locale.rawValue)")
    let made: TemplateView = try await work.db.one(
      """
      insert into notification_template (id, code, locale, version, name, type, category, title_tpl, body_tpl, sms_tpl,
        html_tpl, action_url_tpl, action_text, channels, priority, variables, created_by, created_at, updated_at)
      select \(context.newID()), \(input.code), \(locale), coalesce(max(version), 0) + 1, \(input.name), \(input.type),
        \(input.category), \(input.title), \(input.body), \(input.sms), \(input.html), \(input.actionUrl),
        \(input.actionText), \(input.channels)::text[], \(input.priority ?? .normal), \(try AsJSON(input.variables)),
        \(user), \(work.now), \(work.now)
      from notification_template where code = \(input.code) and locale = \(locale)
      returning \(TemplateView.columns)
      """)
    return Reply(made, status: 201)
  }
}

extension CreateTemplate.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    let isCode = code.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
    }
    validation.require(isCode, "code", "must be of a-z, 0-9, _ and .")
    validation.text(code, "code", length: 3...100)
    validation.require(NotificationTypes.all.contains(type), "type", "is no type of message")
    TemplateTexts(
      name: name, title: title, body: body, sms: sms, html: html, actionUrl: actionUrl, actionText: actionText,
      channels: channels
    ).check(&validation)
    try validation.finish()
  }
}

/// The parts of a template that can be changed while it is a draft.
struct TemplateTexts {
  var name: String?
  var title: String?
  var body: String?
  var sms: String?
  var html: String?
  var actionUrl: String?
  var actionText: String?
  var channels: [Channel]?

  func check(_ validation: inout Validation) {
    validation.text(name, "name", length: 1...100)
    validation.text(title, "title", length: 1...255)
    validation.text(body, "body", length: 1...4000)
    validation.text(sms, "sms", length: 1...160)
    validation.text(html, "html", length: 1...200_000)
    validation.text(actionUrl, "actionUrl", length: 1...500)
    validation.text(actionText, "actionText", length: 1...100)
    validation.range(channels?.count, "channels", 1...5, code: "length")
  }
}
