/// How a head grows: the parser tells of each part once, or, when the bytes came in pieces, of each piece of it.
extension Head {
  mutating func noteTarget(_ part: Range<Int32>) {
    target = target.isEmpty ? part.wide : target.lowerBound..<Int(part.upperBound)
  }

  /// - Returns: false when there are too many fields.
  mutating func noteName(_ part: Range<Int32>, most: Int) -> Bool {
    let none = part.upperBound..<part.upperBound
    if isInValue {
      guard fields.count < most else { return false }
      fields.append(Field(name: part, value: none))
      isInValue = false
    } else {
      let last = fields.count - 1
      fields[last] = Field(name: fields[last].name.lowerBound..<part.upperBound, value: none)
    }
    return true
  }

  /// When the parts of a value do not touch, there was a line break between them.
  mutating func noteValue(_ part: Range<Int32>) {
    let last = fields.count - 1
    let value = fields[last].value
    if isInValue, part.lowerBound != value.upperBound { isFolded = true }
    fields[last].value = isInValue ? value.lowerBound..<part.upperBound : part
    isInValue = true
  }
}
