/// JSON text in the making: the buffer that everything written ends up in.
///
/// Each call appends one value; commas and colons are `raw`.
public struct JSONBytes: Sendable {
  public internal(set) var bytes: [UInt8]
  /// How many items or members the list or object that is being written has so far.
  var count = 0

  public init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  /// Ready-made JSON, or the punctuation between values; taken on trust.
  public mutating func raw(_ text: StaticString) {
    bytes.append(contentsOf: text.description.utf8)
  }

  /// Ready-made JSON, taken on trust.
  public mutating func raw(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  public mutating func null() { bytes.append(contentsOf: "null".utf8) }

  public mutating func bool(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

  public mutating func number(_ value: JSONNumber) { bytes.append(contentsOf: value.text.utf8) }

  public mutating func integer(_ value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(value.magnitude)
  }

  public mutating func integer(_ value: UInt) { digits(value) }

  /// The comma before an item that is not the first.
  mutating func beginItem() {
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    count += 1
  }

  mutating func beginMember(_ name: String) {
    beginItem()
    string(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func digits(_ value: UInt) {
    var rest = value
    var text = InlineArray<20, UInt8>(repeating: 0)
    var first = text.count
    repeat {
      first -= 1
      text[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest != 0
    for place in first..<text.count { bytes.append(text[place]) }
  }
}
