extension InputNode {
  /// A number, or text that is one by the same grammar.
  func number(_ message: String) throws(FieldProblem) -> JSONNumber {
    switch plain {
    case .json(.number(let number)): return number
    case .texts(let texts):
      guard let number = JSONNumber(try only(texts)) else { throw problem(message) }
      return number
    case .ghost(let specimen): return JSONNumber(specimen.number)
    default: throw problem(message)
    }
  }
}

extension NodeScalar where Self: FixedWidthInteger {
  static var dummy: Self { 0 }

  static func read(_ node: InputNode) throws(FieldProblem) -> Self {
    switch try node.number("must be a whole number").whole(Self.self) {
    case .value(let value): return value
    case .fraction: throw FieldProblem("type", "must be a whole number")
    case .outOfRange: throw FieldProblem("range", "must be between \(Self.min) and \(Self.max)")
    }
  }
}

extension Int: NodeScalar {}
extension Int8: NodeScalar {}
extension Int16: NodeScalar {}
extension Int32: NodeScalar {}
extension Int64: NodeScalar {}
extension Int128: NodeScalar {}
extension UInt: NodeScalar {}
extension UInt8: NodeScalar {}
extension UInt16: NodeScalar {}
extension UInt32: NodeScalar {}
extension UInt64: NodeScalar {}
extension UInt128: NodeScalar {}

extension NodeScalar where Self: BinaryFloatingPoint & LosslessStringConvertible {
  static var dummy: Self { 0 }

  static func read(_ node: InputNode) throws(FieldProblem) -> Self {
    let number = try node.number("must be a number")
    guard let value = Self(number.text), value.isFinite else { throw FieldProblem("range", "is too large") }
    return value
  }
}

extension Double: NodeScalar {}
extension Float: NodeScalar {}
