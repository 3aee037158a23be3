/// Which form of a text counts right: `one || two || many` in a template that has a `count`. A text without the bars is
/// the same for any number.
struct PluralForms: Sendable {
  static let separator = " || "
  private let place: Int

  init(of count: TemplateValue?) {
    guard case .count(let number)? = count?.taken(for: .count) else {
      place = 2
      return
    }
    place = number == 1 ? 0 : number == 2 ? 1 : 2
  }

  func choose(_ text: String) -> String {
    let forms = text.split(separator: Self.separator, omittingEmptySubsequences: false)
    return forms.count == 3 ? String(forms[place]) : text
  }
}
