import FunctionKit

extension Database {
  /// The versions in use of a template, one per language.
  /// - Throws: ``Problem`` 404 `template_not_found` when there is none in Indonesian, which all others fall back to.
  func activeTemplates(_ code: String) async throws -> [TemplateView] {
    let found: [TemplateView] = try await all(
      """
      select \(TemplateView.columns) from notification_template where code = \(code) and status = 'active'
      order by locale desc
      """)
    guard found.contains(where: { $0.locale == .indonesian }) else {
      throw Problem(404, "template_not_found", "There is no template '\(code)' in use.")
    }
    return found
  }

  /// The versions that a broadcast goes out in; nil when its template was taken out of use altogether.
  func templates(of broadcast: BroadcastRecord) async throws -> [TemplateView]? {
    let isInUse: Bool = try await one(
      """
      select exists (
        select from notification_template where code = \(broadcast.templateCode) and status = 'active')
      """)
    guard isInUse else { return nil }
    return try await all(
      "select \(TemplateView.columns) from notification_template where id = any (\(broadcast.templateIds)::uuid[])")
  }
}

extension [TemplateView] {
  /// Advertising in one language is advertising.
  var category: Category {
    contains { $0.category == .marketing } ? .marketing : first?.category ?? .marketing
  }

  /// Whether everybody can be told: all languages know the channels, and need to know nothing but names.
  /// - Throws: ``Problem`` 422 `validation_failed` or `template_data_invalid`.
  func mustSuit(_ channels: [Channel]) throws {
    var validation = Validation()
    let isWritten = allSatisfy { template in channels.allSatisfy(template.channels.contains) }
    validation.require(isWritten, "channels", "must be channels of the template", code: "not_in_template")
    try validation.finish()
    for template in self {
      _ = try template.render(nil)
      _ = try template.render(["name": "Sari"])
    }
  }

  /// The one in a language, or else in Indonesian.
  func version(in locale: Locale) -> TemplateView? {
    first { $0.locale == locale } ?? first { $0.locale == .indonesian }
  }
}
