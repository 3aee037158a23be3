internal import HTTPServer
internal import Manifest

/// The routes of one port, as a tree of path segments: finding one costs the length of the path, not the number of routes.
struct RouteTable {
  private final class Node {
    var literals: [ArraySlice<UInt8>: Node] = [:]
    var parameter: Node?
    var targets: [(method: Method, target: Target)] = []
  }

  /// What stands behind a method of a path, with the names of the path's parameters in order.
  struct Target {
    /// The path as manifests write it: `/payments/:id`.
    let pattern: String
    let names: [String]
    let action: RouteAction
    /// Its place among ``RouteTable/patterns``.
    let number: Int
  }

  /// A route as it is written: `GET`, `/postal-codes/:code`.
  struct Pattern: Hashable {
    let method: String
    let path: String
  }

  enum Match {
    case found(Target, values: [ArraySlice<UInt8>])
    case wrongMethod(allowed: [String])
    case none
  }

  private let root = Node()
  private(set) var patterns: [Pattern] = []
  /// For a bundle that stands in for a provider, whose own clients end some paths so.
  var ignoresSlashAtEnd = false

  mutating func add(_ method: Method, _ segments: [Route.Segment], _ action: RouteAction) {
    var node = root
    var names: [String] = []
    for segment in segments {
      switch segment {
      case .literal(let text): node = RouteTable.literal(Array(text.utf8)[...], below: node)
      case .parameter(let name):
        names.append(name)
        if node.parameter == nil { node.parameter = Node() }
        node = node.parameter ?? node
      }
    }
    guard !node.targets.contains(where: { $0.method == method }) else { return }
    let path = Route.path(of: segments)
    node.targets.append((method, Target(pattern: path, names: names, action: action, number: patterns.count)))
    patterns.append(Pattern(method: "\(method)".uppercased(), path: path))
  }

  private static func literal(_ bytes: ArraySlice<UInt8>, below node: Node) -> Node {
    if let known = node.literals[bytes] { return known }
    let new = Node()
    node.literals[bytes] = new
    return new
  }

  /// What a search has come by so far.
  private struct Search {
    let method: Method
    var values: [ArraySlice<UInt8>] = []
    /// The methods of the path's other routes.
    var others: [Method] = []
  }

  /// HEAD is answered like GET; the server leaves the body out.
  func match(_ method: Method, _ path: ArraySlice<UInt8>) -> Match {
    guard path.first == UInt8(ascii: "/") else { return .none }
    var search = Search(method: method == .head ? .get : method)
    let hasSlash = ignoresSlashAtEnd && path.count > 1 && path.last == UInt8(ascii: "/")
    let path = hasSlash ? path.dropLast() : path
    if let target = find(path.dropFirst(), below: root, &search) { return .found(target, values: search.values) }
    return search.others.isEmpty ? .none : .wrongMethod(allowed: RouteTable.names(search.others))
  }

  private static func names(_ methods: [Method]) -> [String] {
    var names: [String] = []
    for method in methods.flatMap({ $0 == .get ? [.get, .head] : [$0] }) {
      let name = "\(method)".uppercased()
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// A literal segment wins over a parameter; where that leads nowhere, the parameter is tried.
  private func find(_ rest: ArraySlice<UInt8>, below node: Node, _ search: inout Search) -> Target? {
    if rest.isEmpty {
      if let hit = node.targets.first(where: { $0.method == search.method }) { return hit.target }
      search.others += node.targets.map(\.method)
      return nil
    }
    let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    let segment = rest[rest.startIndex..<end]
    let isLast = end == rest.endIndex
    let next = isLast ? rest[end...] : rest[(end + 1)...]
    if segment.isEmpty || (!isLast && next.isEmpty) { return nil }
    if let literal = node.literals[segment], let hit = find(next, below: literal, &search) { return hit }
    guard let parameter = node.parameter else { return nil }
    search.values.append(segment)
    if let hit = find(next, below: parameter, &search) { return hit }
    search.values.removeLast()
    return nil
  }
}
