private let mostParts = 10

/// What a composition's parts make of each other: that each can be asked for at some time, and what it is asked with is
/// there.
func checkParts(of composition: CompositionManifest, _ mistakes: Mistakes) {
  checkCount(of: composition, mistakes)
  for part in composition.parts {
    for hole in part.path.holes {
      guard let text = mistake(hole, of: part, in: composition) else { continue }
      mistakes.add(
        "get '\(part.path.text)' in part \(part.name) of composition \(composition.name) \(text)", at: part.position)
    }
  }
  if let (part, cycle) = cycle(in: composition.parts) {
    let way = cycle.joined(separator: " → ")
    mistakes.add(
      "the parts of composition \(composition.name) wait for each other: \(way); ask one of them without the others",
      at: part.position)
  }
}

private func checkCount(of composition: CompositionManifest, _ mistakes: Mistakes) {
  let place = "composition \(composition.name)"
  if composition.parts.count > mostParts {
    let text = "\(place) has \(composition.parts.count) parts; \(mostParts) are the most"
    mistakes.add(text, at: composition.position)
  }
  if composition.parts.isEmpty {
    mistakes.add("\(place) has no part; name at least one", at: composition.position)
  } else if composition.parts.allSatisfy(\.isOptional) {
    let text = "\(place) has no part that it needs; take 'optional' from the one that the answer is about"
    mistakes.add(text, at: composition.position)
  }
  let used = composition.parts.flatMap(\.path.holes)
  for name in composition.route.parameters where !used.contains(.parameter(name)) {
    mistakes.add(
      "':\(name)' in the route of \(place) is given to no part; use it, or take it out", at: composition.position)
  }
}

private func mistake(
  _ hole: PartPath.Piece, of part: PartManifest, in composition: CompositionManifest
) -> String? {
  switch hole {
  case .text: nil
  case .parameter(let name):
    composition.route.parameters.contains(name)
      ? nil
      : "uses ':\(name)', which \(composition.route) does not give\(hint(for: name, among: composition.route.parameters))"
  case .field(let name, _): mistake(need: name, of: part, among: composition.parts)
  }
}

private func mistake(need name: String, of part: PartManifest, among parts: [PartManifest]) -> String? {
  guard let needed = parts.first(where: { $0.name == name }) else {
    return "uses the part '\(name)', which there is not\(hint(for: name, among: parts.map(\.name)))"
  }
  guard needed.isOptional, !part.isOptional else { return nil }
  return "needs '\(name)', which is optional; say 'optional: true' here too, or take it from there"
}

/// The first circle of parts that wait for each other, with the part at which the file shows it.
private func cycle(in parts: [PartManifest]) -> (PartManifest, [String])? {
  for part in parts {
    if let way = way(from: part, backTo: part.name, parts, [part.name]) { return (part, way) }
  }
  return nil
}

private func way(
  from part: PartManifest, backTo name: String, _ parts: [PartManifest], _ taken: [String]
) -> [String]? {
  for need in part.needs {
    if need == name { return taken + [name] }
    guard !taken.contains(need), let next = parts.first(where: { $0.name == need }),
      let found = way(from: next, backTo: name, parts, taken + [need])
    else { continue }
    return found
  }
  return nil
}
