internal import EventLoop

/// What has been answered at the doors that clients and services come in by, since the worker began. A request that another
/// process of this host passes on has been counted there.
public final class RequestTallies: Sendable {
  private let counted: LoopLocal<[Counted?]>

  /// By the numbers of a door's routes; the last is for requests that no route takes.
  private struct Counted {
    var door: DoorTally
    var routes: [RequestTally]
  }

  init(_ loop: EventLoop) { counted = LoopLocal(loop, []) }

  /// - Parameter doors: in the order of their listeners' tags, each with its routes.
  func begin(_ doors: [(Door, [RouteTable.Pattern])]) {
    counted.value = doors.map { door, patterns in
      door.counted.map { name in
        let routes = patterns + [RouteTable.Pattern(method: "", path: "")]
        return Counted(
          door: DoorTally(name),
          routes: routes.map { RequestTally(RequestTally.Name(door: name, method: $0.method, route: $0.path)) })
      }
    }
  }

  /// - Parameter refusal: the code of the problem, where the host gave the answer by itself.
  func add(at tag: Int, route: Int?, status: Int, refusal: String?, milliseconds: UInt64) {
    guard let last = counted.value[tag]?.routes.indices.last else { return }
    counted.value[tag]?.routes[route ?? last].add(status: status, refusal: refusal)
    counted.value[tag]?.door.add(milliseconds: milliseconds)
  }

  /// The server has refused what was no request in order.
  func refused(_ code: String, at tag: Int) {
    guard let last = counted.value[tag]?.routes.indices.last else { return }
    counted.value[tag]?.routes[last].refusals[code, default: 0] += 1
  }

  /// The routes that have been asked for.
  public var routes: [RequestTally] { counted.value.flatMap { $0?.routes.filter { $0.count > 0 } ?? [] } }

  public var doors: [DoorTally] { counted.value.compactMap { $0?.door } }
}

extension Door {
  /// What it is called where requests are counted; nil where they are not.
  fileprivate var counted: String? {
    switch self {
    case .gateway: "gateway"
    case .service(let name): name
    case .admin, .local: nil
    }
  }
}
