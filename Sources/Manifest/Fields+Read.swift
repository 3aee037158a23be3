typealias Parse<Result> = (String) throws(Mistake) -> Result

extension Fields {
  /// Reads a single word or number.
  func read<Result>(_ key: String, _ parse: Parse<Result>) -> Result? {
    value(key).flatMap { read($0, of: key, parse) }
  }

  /// Reads a list of different words; `single` also takes one word without brackets.
  func readList<Result: Hashable>(_ key: String, single: Bool = false, _ parse: Parse<Result>) -> [Result] {
    guard let value = value(key) else { return [] }
    if single, value.text != nil { return read(value, of: key, parse).map { [$0] } ?? [] }
    guard let items = value.list else {
      mistakes.add("'\(key)'\(inPlace) must be a list in brackets, such as [a, b]", at: value.position)
      return []
    }
    var seen: [Result] = []
    for item in items {
      guard let result = read(item, of: key, parse) else { continue }
      if seen.contains(result) { refuse(item, of: key, Mistake("is listed twice; keep one")) }
      seen.append(result)
    }
    return seen
  }

  /// Reads a list that says nothing when it is empty, and so must not be.
  func readFilledList<Result: Hashable>(_ key: String, single: Bool = false, _ parse: Parse<Result>) -> [Result] {
    if let value = value(key), value.list?.isEmpty == true {
      mistakes.add("'\(key)'\(inPlace) is an empty list; name at least one", at: value.position)
    }
    return readList(key, single: single, parse)
  }

  /// Where each word of a list stands; the list may be a single word.
  func itemPlaces(_ key: String) -> [String: Position] {
    guard let value = entry(key)?.value else { return [:] }
    let items = (value.list ?? [value]).compactMap { item in item.text.map { ($0, item.position) } }
    return Dictionary(items) { first, _ in first }
  }

  /// Reads a mapping inside this one.
  func fields(_ key: String, keys: [String]?) -> Fields? {
    let name = place.map { "\(key) of \($0)" } ?? key
    return value(key).flatMap { Fields($0, in: name, keys: keys, mistakes) }
  }

  func read<Result>(_ value: Value, of key: String, _ parse: Parse<Result>) -> Result? {
    guard let text = value.text else {
      mistakes.add("'\(key)'\(inPlace) must be a single value, not a list or a mapping", at: value.position)
      return nil
    }
    do {
      return try parse(text)
    } catch {
      refuse(value, of: key, error)
      return nil
    }
  }

  func refuse(_ value: Value, of key: String, _ mistake: Mistake) {
    let text = value.text.map { " '\($0)'" } ?? ""
    mistakes.add("\(key)\(text)\(inPlace) \(mistake.reason)", at: value.position)
  }
}
