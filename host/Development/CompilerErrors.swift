/// What the compiler complains of, each once, with the place as one would write it in the project.
func compilerErrors(in output: String, root: String) -> [String] {
  let lines = output.split(separator: "\n").map(String.init)
  let placed = lines.filter(isPlaced).map { $0.hasPrefix(root + "/") ? String($0.dropFirst(root.count + 1)) : $0 }
  if !placed.isEmpty { return each(placed) }
  let general = lines.filter { $0.hasPrefix("error: ") }
  return general.isEmpty ? lines.suffix(10) : each(general)
}

/// `functions/payment/Payment.swift:7:3: error: …`
private func isPlaced(_ line: String) -> Bool {
  guard let mark = line.firstRange(of: ": error: ") else { return false }
  let place = line[..<mark.lowerBound].split(separator: ":")
  return place.count == 3 && place.dropFirst().allSatisfy { Int($0) != nil }
}

private func each(_ lines: [String]) -> [String] {
  var seen: Set<String> = []
  return lines.filter { seen.insert($0).inserted }
}
