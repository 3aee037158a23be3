public import FunctionKit

extension JSON {
  /// The document over several lines, for people and for comparing versions; what is short stays in one line.
  public func indented(_ margin: String = "") -> String {
    let line = String(decoding: serialized(), as: UTF8.self)
    guard margin.count + line.count > 100 else { return line }
    let inner = margin + "  "
    switch self {
    case .array(let items):
      return "[\n" + items.map { inner + $0.indented(inner) }.joined(separator: ",\n") + "\n\(margin)]"
    case .object(let object):
      let members = object.members.map { name, value in
        "\(inner)\(String(decoding: JSON.string(name).serialized(), as: UTF8.self)): \(value.indented(inner))"
      }
      return "{\n" + members.joined(separator: ",\n") + "\n\(margin)}"
    case .null, .bool, .number, .string: return line
    }
  }
}
