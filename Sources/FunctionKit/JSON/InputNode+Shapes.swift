/// What a keyed container reads: a name in, a node out.
enum NodeMembers {
  case object(JSONObject)
  case request(RequestFields)
  case ghost

  subscript(name: String) -> InputNode {
    switch self {
    case .object(let object): object[name].map(InputNode.json) ?? .missing
    case .request(let fields): fields[name]
    case .ghost: .ghost(.first)
    }
  }

  var names: [String] {
    switch self {
    case .object(let object): object.members.map(\.name)
    case .request(let fields): fields.names
    case .ghost: []
    }
  }
}

extension InputNode {
  func members() throws(FieldProblem) -> NodeMembers {
    switch self {
    case .json(.object(let object)): return .object(object)
    case .request(let fields) where fields.body == nil || fields.body?.object != nil: return .request(fields)
    case .ghost: return .ghost
    default: throw problem("must be an object")
    }
  }

  func items() throws(FieldProblem) -> [InputNode] {
    switch plain {
    case .json(.array(let items)): return items.map(InputNode.json)
    case .texts(let texts): return texts.map { .texts([$0]) }
    case .ghost: return []
    default: throw problem("must be a list")
    }
  }

  /// A request seen as its body alone, by types that are no objects.
  var plain: InputNode {
    guard case .request(let fields) = self else { return self }
    return fields.body.map(InputNode.json) ?? .missing
  }

  /// Something absent is not of the wrong type, it is not there.
  func problem(_ message: String) -> FieldProblem {
    isNil ? .required : FieldProblem("type", message)
  }
}
