/// A request's header fields, in order, looked up without regard to case. A field becomes a string only when asked for.
public struct Headers: Sendable, Sequence {
  let head: SharedHead

  public var count: Int { head.value.fields.count }

  /// The first value of the name.
  public func first(_ name: String) -> String? {
    firstBytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first value as it stands in the request, without white space around it.
  public func firstBytes(_ name: String) -> ArraySlice<UInt8>? {
    head.value.fields.first { has($0, name) }.map { head.value.bytes[$0.value.wide] }
  }

  /// ``firstBytes(_:)`` of a name that comes exactly once, for what must not mean two things to two readers.
  public func onlyBytes(_ name: String) -> ArraySlice<UInt8>? {
    var only: Head.Field?
    for field in head.value.fields where has(field, name) {
      guard only == nil else { return nil }
      only = field
    }
    return only.map { head.value.bytes[$0.value.wide] }
  }

  /// Every value of the name, in order.
  public func all(_ name: String) -> [String] {
    head.value.fields.filter { has($0, name) }.map { head.value.text($0.value.wide) }
  }

  public func makeIterator() -> AnyIterator<(name: String, value: String)> {
    var fields = head.value.fields.makeIterator()
    return AnyIterator {
      fields.next().map { (head.value.text($0.name.wide), head.value.text($0.value.wide)) }
    }
  }

  private func has(_ field: Head.Field, _ name: String) -> Bool {
    head.value.matches(field.name.wide, name.utf8.lazy.map(\.lowercased))
  }
}

extension String {
  /// Whether both are names of one header, whatever their case.
  public func isHeader(_ name: String) -> Bool {
    utf8.count == name.utf8.count && utf8.lazy.map(\.lowercased).elementsEqual(name.utf8.lazy.map(\.lowercased))
  }
}
