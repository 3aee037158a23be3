extension JSONParser {
  mutating func array(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSON {
    try descend(bytes)
    var items: [JSON] = []
    if take("]", bytes) { return ascend(.array(items)) }
    while true {
      skipSpace(bytes)
      items.append(try value(bytes))
      skipSpace(bytes)
      if take("]", bytes) { return ascend(.array(items)) }
      guard take(",", bytes) else { throw expected("',' or ']' after a value", bytes) }
    }
  }

  mutating func object(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSON {
    try descend(bytes)
    var object = JSONObject()
    if take("}", bytes) { return ascend(.object(object)) }
    while true {
      let name = try memberName(object, bytes)
      object.append(name, try value(bytes))
      skipSpace(bytes)
      if take("}", bytes) { return ascend(.object(object)) }
      guard take(",", bytes) else { throw expected("',' or '}' after a value", bytes) }
    }
  }

  /// Refuses a name the object already has: readers disagree on which of the two counts, and attackers know it.
  private mutating func memberName(_ object: JSONObject, _ bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
    skipSpace(bytes)
    let start = at
    guard peek(bytes) == UInt8(ascii: "\"") else { throw expected("a name in double quotes", bytes) }
    let name = try text(bytes)
    guard !object.contains(name) else {
      throw JSONSyntaxError("the name \"\(name)\" appears twice in one object", at: start, in: bytes)
    }
    skipSpace(bytes)
    guard take(":", bytes) else { throw expected("':' after a name", bytes) }
    skipSpace(bytes)
    return name
  }

  /// The bound keeps a hostile document from exhausting the stack.
  private mutating func descend(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    guard depth < Self.deepest else {
      throw JSONSyntaxError("nested deeper than \(Self.deepest) levels", at: at, in: bytes)
    }
    depth += 1
    at += 1
    skipSpace(bytes)
  }

  private mutating func ascend(_ value: JSON) -> JSON {
    depth -= 1
    return value
  }
}
