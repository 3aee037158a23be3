internal import HTTPServer
internal import Manifest

/// The routes of one port, as a tree of path segments: finding one costs the length of the path, not the number of routes.
struct RouteTable {
  private final class Node {
    var literals: [(bytes: [UInt8], node: Node)] = []
    var parameter: Node?
    var targets: [(method: Method, target: Target)] = []
  }

  /// What stands behind a method of a path, with the names of the path's parameters in order.
  struct Target {
    let names: [String]
    let action: RouteAction
  }

  enum Match {
    case found(Target, values: [ArraySlice<UInt8>])
    case wrongMethod(allowed: [String])
    case none
  }

  private let root = Node()

  mutating func add(_ method: Method, _ segments: [Route.Segment], _ action: RouteAction) {
    var node = root
    var names: [String] = []
    for segment in segments {
      switch segment {
      case .literal(let text): node = RouteTable.literal(Array(text.utf8), below: node)
      case .parameter(let name):
        names.append(name)
        if node.parameter == nil { node.parameter = Node() }
        node = node.parameter ?? node
      }
    }
    guard !node.targets.contains(where: { $0.method == method }) else { return }
    node.targets.append((method, Target(names: names, action: action)))
  }

  private static func literal(_ bytes: [UInt8], below node: Node) -> Node {
    if let known = node.literals.first(where: { $0.bytes == bytes }) { return known.node }
    let new = Node()
    node.literals.append((bytes, new))
    return new
  }

  /// HEAD is answered like GET; the server leaves the body out.
  func match(_ method: Method, _ path: ArraySlice<UInt8>) -> Match {
    var values: [ArraySlice<UInt8>] = []
    guard path.first == UInt8(ascii: "/"), let node = find(path.dropFirst(), below: root, &values) else { return .none }
    let wanted = method == .head ? .get : method
    if let hit = node.targets.first(where: { $0.method == wanted }) { return .found(hit.target, values: values) }
    return .wrongMethod(allowed: node.targets.map { "\($0.method)".uppercased() })
  }

  /// A literal segment wins over a parameter; where that leads nowhere, the parameter is tried.
  private func find(_ rest: ArraySlice<UInt8>, below node: Node, _ values: inout [ArraySlice<UInt8>]) -> Node? {
    if rest.isEmpty { return node.targets.isEmpty ? nil : node }
    let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    let segment = rest[rest.startIndex..<end]
    let isLast = end == rest.endIndex
    let next = isLast ? rest[end...] : rest[(end + 1)...]
    if segment.isEmpty || (!isLast && next.isEmpty) { return nil }
    for literal in node.literals where literal.bytes.elementsEqual(segment) {
      if let hit = find(next, below: literal.node, &values) { return hit }
    }
    guard let parameter = node.parameter else { return nil }
    values.append(segment)
    if let hit = find(next, below: parameter, &values) { return hit }
    values.removeLast()
    return nil
  }
}
