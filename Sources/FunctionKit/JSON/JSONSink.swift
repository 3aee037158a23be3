/// The encoder: one object for a whole document, writing as values arrive.
///
/// A container has no end of its own, so the state of the value being written is kept here and closed by whoever asked
/// for that value. Only nested containers and super-encoders, which may be filled in any order, get a sink of their own.
final class JSONSink: Encoder {
  enum Shape { case pending, scalar, object, array }

  var json: JSONBytes
  private(set) var count = 0
  private var shape = Shape.pending
  fileprivate var broken = false
  fileprivate var children: [(offset: Int, sink: JSONSink)] = []

  /// Not tracked while all goes well; errors collect their path on the way up.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ json: JSONBytes) { self.json = json }

  /// Starts the value as a list or object, or goes on with it: a type may ask for its container more than once.
  func open(_ wanted: Shape) {
    guard shape == .pending else {
      broken = broken || shape != wanted
      return
    }
    shape = wanted
    json.bytes.append(wanted == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
  }

  func beginScalar() {
    broken = broken || shape != .pending
    shape = .scalar
  }

  func beginItem() {
    if count > 0 { json.bytes.append(UInt8(ascii: ",")) }
    count += 1
  }

  func beginMember(_ name: String) {
    beginItem()
    json.string(name)
    json.bytes.append(UInt8(ascii: ":"))
  }

  /// Writes a value inside the current one.
  func write<T: Encodable>(_ value: T, at key: @autoclosure () -> any CodingKey) throws {
    let outer = (shape, count)
    (shape, count) = (.pending, 0)
    do {
      try value.encode(to: self)
    } catch {
      throw failed(error, at: key())
    }
    close()
    (shape, count) = outer
  }

  /// A place in the current value that is filled later.
  func child() -> JSONSink {
    let sink = JSONSink(JSONBytes())
    children.append((json.bytes.count, sink))
    return sink
  }

  /// A value that wrote nothing is an empty object.
  fileprivate func close() {
    switch shape {
    case .pending: json.raw("{}")
    case .scalar: break
    case .object: json.bytes.append(UInt8(ascii: "}"))
    case .array: json.bytes.append(UInt8(ascii: "]"))
    }
  }
}

extension JSONSink {
  /// Closes the document and hands its bytes over.
  func finished(_ value: some Encodable) throws -> [UInt8] {
    close()
    guard !broken else {
      let reason = "a value was written twice, or went on after an error"
      throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: reason))
    }
    guard !children.isEmpty else { return json.bytes }
    var whole: [UInt8] = []
    var copied = 0
    for child in children {
      whole += json.bytes[copied..<child.offset]
      whole += try child.sink.finished(value)
      copied = child.offset
    }
    return whole + json.bytes[copied...]
  }

  /// The error with its path grown by a key. Half a value is written, so nobody may swallow it and go on.
  func failed(_ error: any Error, at key: any CodingKey) -> any Error {
    broken = true
    guard case EncodingError.invalidValue(let value, let context) = error else { return error }
    let path = [key] + context.codingPath
    return EncodingError.invalidValue(value, .init(codingPath: path, debugDescription: context.debugDescription))
  }
}
