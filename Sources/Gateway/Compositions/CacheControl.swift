/// How long several answers may be kept together: no longer, and by nobody else, than each of them.
enum CacheControl {
  /// - Parameter answers: the directives of each.
  /// - Returns: nil when one of them leaves it open.
  static func strictest(_ answers: [[String]]) -> String? {
    let answers = answers.map { $0.map { $0.lowercased() } }
    guard answers.allSatisfy({ !$0.isEmpty }) else { return nil }
    func anySays(_ word: String) -> Bool { answers.contains { $0.contains { $0 == word || $0.hasPrefix("\(word)=") } } }
    if anySays("no-store") { return "no-store" }
    var words: [String] = []
    if answers.allSatisfy({ $0.contains("public") }) { words.append("public") }
    if anySays("private") { words.append("private") }
    let ages = answers.map(age)
    if anySays("no-cache") || ages.contains(nil) {
      words.append("no-cache")
    } else if let least = ages.compactMap(\.self).min() {
      words.append("max-age=\(least)")
    }
    words += ["must-revalidate", "no-transform"].filter(anySays)
    return words.joined(separator: ", ")
  }

  private static func age(_ directives: [String]) -> Int? {
    directives.lazy.filter { $0.hasPrefix("max-age=") }.compactMap { Int($0.dropFirst(8)) }.first
  }
}
