/// The encoder: one object for a whole document, writing as values arrive.
///
/// A container has no end of its own, so the state of the value being written is kept here and closed by whoever asked
/// for that value. Only nested containers and super-encoders, which may be filled in any order, get a sink of their own.
final class JSONSink: Encoder {
  enum Shape { case pending, scalar, object, array }

  var json: JSONBytes
  private var shape = Shape.pending
  var broken = false
  private(set) var children: [(offset: Int, sink: JSONSink)] = []

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

  func beginItem() { json.beginItem() }

  func beginMember(_ name: String) { json.beginMember(name) }

  /// Writes a value inside the current one.
  func write<T: Encodable>(_ value: T, at key: @autoclosure () -> any CodingKey) throws {
    if json.known(value) { return }
    let outer = (shape, json.count)
    (shape, json.count) = (.pending, 0)
    do {
      try value.encode(to: self)
    } catch {
      throw failed(error, at: key())
    }
    close()
    (shape, json.count) = outer
  }

  /// A place in the current value that is filled later.
  func child() -> JSONSink {
    let sink = JSONSink(JSONBytes())
    children.append((json.bytes.count, sink))
    return sink
  }

  /// A value that wrote nothing is an empty object.
  func close() {
    switch shape {
    case .pending: json.raw("{}")
    case .scalar: break
    case .object: json.bytes.append(UInt8(ascii: "}"))
    case .array: json.bytes.append(UInt8(ascii: "]"))
    }
  }
}
