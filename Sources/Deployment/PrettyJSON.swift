internal import FunctionKit
internal import Manifest

/// A value as JSON over several lines, members in order of name: the same value is always the same text, and two versions
/// compare line by line.
func prettyJSON(_ value: some Encodable) throws -> [UInt8] {
  Array((sorted(try JSON.parse(encodeJSON(value))).indented() + "\n").utf8)
}

private func sorted(_ json: JSON) -> JSON {
  switch json {
  case .object(let object):
    .object(JSONObject(object.members.sorted { $0.name < $1.name }.map { ($0.name, sorted($0.value)) }))
  case .array(let items): .array(items.map(sorted))
  case .null, .bool, .number, .string: json
  }
}
