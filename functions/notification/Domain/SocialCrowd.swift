/// Who did something, as a sentence names them.
struct SocialCrowd: Sendable, Equatable {
  /// All of them.
  var count: Int
  /// The most recent first; nil for one who is not known, or gone.
  var names: [String?]

  /// - Parameter someone: what an unknown one is called.
  func values(someone: String) -> [String: TemplateValue] {
    func name(_ place: Int) -> String { (names.count > place ? names[place] : nil) ?? someone }
    return [
      "count": .count(count), "first": .text(name(0)), "second": .text(name(1)),
      "others": .text(String(max(0, count - 2))),
    ]
  }
}
