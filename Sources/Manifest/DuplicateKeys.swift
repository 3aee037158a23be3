/// Renames one of two equal keys to private-use characters of the same length.
///
/// The YAML reader gives up at the first mapping with a key listed twice and would hide every other mistake of the file.
/// With one of the two renamed it reads on, no position moves, and the name is put back in the values.
func hide(_ key: String, at position: Position, in yaml: String, turn: Int) -> String? {
  var scalars = Array(yaml.unicodeScalars)
  guard var start = offset(of: position, in: scalars), let stand = Unicode.Scalar(UInt32(0xE000 + turn)),
    turn < 0x1000, !key.isEmpty
  else { return nil }
  if start < scalars.count, scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
  let end = start + key.unicodeScalars.count
  guard end <= scalars.count, scalars[start..<end].elementsEqual(key.unicodeScalars) else { return nil }
  for index in start..<end { scalars[index] = stand }
  return String(String.UnicodeScalarView(scalars))
}

private func offset(of position: Position, in scalars: [Unicode.Scalar]) -> Int? {
  var line = 1
  var lineStart = 0
  for (index, scalar) in scalars.enumerated() where scalar == "\n" && line < position.line {
    line += 1
    lineStart = index + 1
  }
  return line == position.line ? lineStart + position.column - 1 : nil
}

extension Position {
  /// The place of the character at `offset`.
  init(offset: Int, in text: String) {
    let before = text.prefix(offset)
    let line = before.count { $0.isNewline } + 1
    let start = before.lastIndex { $0.isNewline }.map(before.index(after:)) ?? before.startIndex
    self.init(line: line, column: before[start...].unicodeScalars.count + 1)
  }
}
