import FunctionKit

extension Template {
  /// Whether the texts can be filled: with every variable there is, and each in all of its forms.
  /// - Throws: ``Problem`` 422 `unknown_placeholder` or `sms_too_long`.
  func mustRender() throws {
    for count in [1, 2, 3] {
      var values = variables.mapValues { Self.sample($0.type) }
      if variables["count"] != nil { values["count"] = .count(count) }
      let rendered: RenderedMessage
      do { rendered = try render(values) } catch {
        throw Problem(
          422, "unknown_placeholder", "The template can't be filled: \(error.explanation).",
          details: [FieldError(field: "variables", message: "must name every placeholder", code: "unknown_placeholder")]
        )
      }
      if let text = smsTpl, !GSMAlphabet.fits(rendered.shortText ?? "") || text.count > 160 {
        throw Problem(
          422, "sms_too_long", "A short message has at most 160 characters that every phone knows.",
          details: [FieldError(field: "sms", message: "must have at most 160 GSM characters", code: "sms_too_long")])
      }
    }
  }

  private static func sample(_ kind: TemplateVariable.Kind) -> TemplateValue {
    switch kind {
    case .text: .text("Lakoo")
    case .rupiah: .rupiah(1_000_000)
    case .count: .count(3)
    }
  }
}

/// What an SMS of 160 characters can be made of (GSM 03.38, the basic table).
enum GSMAlphabet {
  private static let basic = Set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
  )

  static func isBasic(_ character: Character) -> Bool { basic.contains(character) }

  static func fits(_ text: String) -> Bool { text.count <= 160 && text.allSatisfy(basic.contains) }
}
