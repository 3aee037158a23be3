/// One place where data is not as its schema says. It never tells the value, which may be somebody's personal data.
public struct SchemaViolation: Sendable, Hashable, CustomStringConvertible {
  public let path: JSONPath
  /// Worded to follow the path: "must be a whole number, not a string".
  public let rule: String

  public var description: String { "\(path) \(rule)" }
}

/// The way from a document's root to a value in it: `$.sellers[0].sellerId`.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
  enum Step: Sendable, Hashable {
    case member(String)
    case item(Int)
  }

  private(set) var steps: [Step] = []

  func appending(_ step: Step) -> JSONPath {
    var path = self
    path.steps.append(step)
    return path
  }

  public var description: String {
    steps.reduce("$") { text, step in
      switch step {
      case .member(let name): "\(text).\(name)"
      case .item(let index): "\(text)[\(index)]"
      }
    }
  }
}
