/// What the encoder writes without asking the value to encode itself.
protocol JSONScalar: Encodable {
  func put(into json: inout JSONBytes) throws(EncodingError)
}

extension String: JSONScalar {
  func put(into json: inout JSONBytes) { json.string(self) }
}

extension Bool: JSONScalar {
  func put(into json: inout JSONBytes) { json.bool(self) }
}

extension JSONScalar where Self: FixedWidthInteger {
  func put(into json: inout JSONBytes) {
    if let value = Int(exactly: self) { json.integer(value) } else { json.number(JSONNumber(self)) }
  }
}

extension Int: JSONScalar {}
extension Int8: JSONScalar {}
extension Int16: JSONScalar {}
extension Int32: JSONScalar {}
extension Int64: JSONScalar {}
extension Int128: JSONScalar {}
extension UInt: JSONScalar {}
extension UInt8: JSONScalar {}
extension UInt16: JSONScalar {}
extension UInt32: JSONScalar {}
extension UInt64: JSONScalar {}
extension UInt128: JSONScalar {}

extension JSONScalar where Self: BinaryFloatingPoint & CustomStringConvertible {
  func put(into json: inout JSONBytes) throws(EncodingError) {
    guard isFinite else {
      throw .invalidValue(self, .init(codingPath: [], debugDescription: "\(self) has no JSON form"))
    }
    json.number(JSONNumber(verified: shortestText(self)))
  }
}

extension Double: JSONScalar {}
extension Float: JSONScalar {}
