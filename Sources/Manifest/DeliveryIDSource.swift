/// Where in a delivery its sender puts the id that stays the same when it is sent again.
public enum DeliveryIDSource: Sendable, Hashable {
  case header(String)
  /// The names that lead to it from the body's outermost object.
  case body([String])

  /// Reads `header:webhook-id` or `body:event.id`.
  init(parsing text: String) throws(Mistake) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let source = try Self.source(parts[0], parts[1]) else {
      throw Mistake("is no place in a delivery; write header:webhook-id or body:event.id")
    }
    self = source
  }

  private static func source(_ place: String, _ name: String) throws(Mistake) -> DeliveryIDSource? {
    switch place {
    case "header": return .header(try Names.header(name))
    case "body":
      let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      return path.contains("") ? nil : .body(path)
    default: return nil
    }
  }
}
