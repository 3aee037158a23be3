/// One mapping of a manifest, read key by key; whatever is wrong with it goes to `mistakes`.
///
/// A reading method answers nil both for an absent key and for a refused value: a caller may put its default in either
/// case, since a file with mistakes yields no manifest.
struct Fields {
  /// How messages name this mapping: "endpoint CreatePayment"; nil for the file itself.
  let place: String?
  let position: Position
  let mistakes: Mistakes
  private let entries: [String: Value.Entry]
  /// Known keys that an unknown one was taken for: they are not reported missing as well.
  private let misspelt: Set<String>

  /// Fails when `value` is no mapping; unknown and repeated keys are reported but do not keep the rest from being read.
  init?(_ value: Value, in place: String?, at position: Position? = nil, keys: [String]?, _ mistakes: Mistakes) {
    guard let map = value.map else {
      mistakes.add("\(place ?? "the file") must be a mapping of keys to values", at: value.position)
      return nil
    }
    self.place = place
    self.position = position ?? value.position
    self.mistakes = mistakes
    self.entries = Dictionary(map.map { ($0.key, $0) }) { first, _ in first }
    let unknown = keys.map { keys in map.map(\.key).filter { !keys.contains($0) } } ?? []
    self.misspelt = Set(unknown.compactMap { suggestion(for: $0, among: keys ?? []) })
    reportRepeated(in: map)
    if let keys { reportUnknown(in: map, keys: keys) }
  }

  var all: [Value.Entry] { entries.values.sorted { $0.position < $1.position } }

  var inPlace: String { place.map { " in \($0)" } ?? "" }

  /// Whether the key is there, be it under a slip of the pen.
  func has(_ key: String) -> Bool { entries[key] != nil || misspelt.contains(key) }

  func entry(_ key: String) -> Value.Entry? { entries[key] }

  func value(_ key: String) -> Value? {
    guard let entry = entries[key] else { return nil }
    guard !entry.value.isMissing else {
      mistakes.add("'\(key)'\(inPlace) has no value", at: entry.position)
      return nil
    }
    return entry.value
  }

  /// Reports the absence of a key; `example` is what to write.
  func require(_ key: String, example: String) {
    guard !has(key) else { return }
    mistakes.add("'\(key)' is missing\(inPlace); add it, such as '\(key): \(example)'", at: position)
  }

  private func reportRepeated(in map: [Value.Entry]) {
    for entry in map {
      guard let first = entries[entry.key], first.position != entry.position else { continue }
      let message = "'\(entry.key)' is already listed\(inPlace) at line \(first.position.line); keep one of the two"
      mistakes.add(message, at: entry.position)
    }
  }

  private func reportUnknown(in map: [Value.Entry], keys: [String]) {
    for entry in map where !keys.contains(entry.key) {
      let known = "; the keys here are \(keys.joined(separator: ", "))"
      let hint = hint(for: entry.key, among: keys, otherwise: known)
      mistakes.add("unknown key '\(entry.key)'\(inPlace)\(hint)", at: entry.position)
    }
  }
}
