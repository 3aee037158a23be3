/// Who did something, as a sentence names them.
struct SocialCrowd: Sendable, Equatable {
  /// All of them.
  var count: Int
  /// The most recent first; nil for one who is not known, or gone.
  var names: [String?]

  /// - Parameter someone: what an unknown one is called.
  func values(someone: String) -> [String: TemplateValue] {
    func name(_ place: Int) -> String { (names.count > place ? names[place] : nil) ?? someone }
    // Of two, who came first is named first.
    let (first, second) = count > 1 ? (name(1), name(0)) : (name(0), "")
    return [
      "count": .count(count), "first": .text(first), "second": .text(second),
      "others": .text(String(max(0, count - 2))),
    ]
  }
}
