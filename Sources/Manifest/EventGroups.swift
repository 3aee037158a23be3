/// Events that several functions of a bundle emit together, under one name.
struct EventGroups {
  private let groups: [String: [String]]
  private let places: [String: Position]

  /// Reads the bundle's `groups`.
  init(_ bundle: Fields) {
    let fields = bundle.fields("groups", keys: nil)
    var groups: [String: [String]] = [:]
    places = Dictionary(fields?.all.map { ($0.key, $0.position) } ?? []) { first, _ in first }
    for entry in fields?.all ?? [] {
      do {
        let name = try Names.group(entry.key)
        groups[name] = fields?.readFilledList(entry.key, Names.event)
      } catch {
        bundle.mistakes.add("'\(entry.key)' \(error.reason)", at: entry.position)
      }
    }
    self.groups = groups
  }

  /// A word of `emits`, and what it stands for: a group's name has no point, an event's has one.
  func read(_ word: String) throws(Mistake) -> [String] {
    if let events = groups[word] { return events }
    guard !groups.isEmpty, !word.contains(".") else { return [try Names.event(word)] }
    let names = groups.keys.sorted().joined(separator: ", ")
    throw Mistake("is no event, and no group of the bundle; the groups here are \(names)")
  }

  /// What nobody emits would look as if somebody did.
  func reportUnused(by words: Set<String>, _ bundle: Fields) {
    for name in groups.keys where !words.contains(name) {
      let message = "no function emits the group '\(name)'; use it under 'emits' or remove it"
      bundle.mistakes.add(message, at: places[name] ?? .start)
    }
  }
}

extension Fields {
  /// The events of `emits`, each once, and where the word stands that brought it.
  func readEmits(_ groups: EventGroups) -> (events: [String], places: [String: Position]) {
    var events: [String] = []
    var places: [String: Position] = [:]
    let words = itemPlaces("emits")
    _ = readList("emits") { (word) throws(Mistake) -> String in
      for event in try groups.read(word) where places[event] == nil {
        events.append(event)
        places[event] = words[word]
      }
      return word
    }
    return (events, places)
  }
}
