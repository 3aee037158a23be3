internal import HTTPServer
internal import Runtime

extension Gateway {
  /// What another service says of the chain of calls that a request belongs to; nobody else is believed.
  func hop(_ headers: Headers, by door: Door) -> Hop {
    guard case .service = door, let key = headers.firstBytes(TrustHeader.internal), admission.keys.isInternal(key)
    else { return Hop() }
    let milliseconds = headers.first(HopHeader.deadline).flatMap(Int.init)
    return Hop(
      depth: headers.first(HopHeader.depth).flatMap(Int.init) ?? 0,
      remaining: milliseconds.flatMap { (1...3_600_000).contains($0) ? .milliseconds($0) : nil })
  }
}
