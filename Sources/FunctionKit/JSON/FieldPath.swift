/// Where in an input a value stands; put into words only when something is wrong there.
indirect enum FieldPath {
  case root
  case field(FieldPath, String)
  case item(FieldPath, Int)

  /// As clients see it: `orders[0].lines[1].amount`.
  var text: String {
    switch self {
    case .root: ""
    case .field(.root, let name): name
    case .field(let parent, let name): "\(parent.text).\(name)"
    case .item(let parent, let index): "\(parent.text)[\(index)]"
    }
  }

  var keys: [any CodingKey] {
    switch self {
    case .root: []
    case .field(let parent, let name): parent.keys + [PathKey(name)]
    case .item(let parent, let index): parent.keys + [PathKey(index)]
    }
  }

  init(_ keys: some Sequence<any CodingKey>) {
    self = keys.reduce(.root) { path, key in
      key.intValue.map { .item(path, $0) } ?? .field(path, key.stringValue)
    }
  }
}
