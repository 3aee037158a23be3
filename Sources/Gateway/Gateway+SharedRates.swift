internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import RateLimits

/// Limits that several hosts share. The host's own table has let the request in by then, so one that this host knows to be
/// too many costs Redis nothing; and while Redis gives no verdict, the table's holds.
extension Gateway {
  private typealias Asked = (bucket: RateBucket, value: UInt128)

  /// Goes on once all hosts together have let the request in, or gets their refusal.
  /// - Parameters:
  ///   - early: what was counted when the head was there; only at the public door.
  ///   - late: what was counted when the caller was known.
  func settle(
    _ early: [RateBucket], _ late: [RateBucket], _ head: RequestHead, user: ID?, _ goOn: @escaping (Problem?) -> Void
  ) {
    guard let shared = edge.sharedRates, let table = edge.rates, !(early.isEmpty && late.isEmpty) else {
      return goOn(nil)
    }
    let asked = asked(head.peer != nil && isAtGateway(head) ? early : [], late, head, user)
    guard !asked.isEmpty else { return goOn(nil) }
    let now = rateClock
    shared.take(asked.map { RateClaim($0.value, in: $0.bucket.space, $0.bucket.rate) }, shift: shift) { verdict in
      guard let verdict else { return goOn(nil) }
      let said = Array(zip(asked.map(\.bucket), verdict.standings))
      for (one, standing) in zip(asked, verdict.standings) {
        table.settle(table.key(one.value, in: one.bucket.space), standing, at: now)
      }
      goOn(self.tell(said, head))
    }
  }

  /// How many requests the host has limited by itself; nil when it always does.
  public var limitsUnshared: Int? { edge.sharedRates?.unanswered }

  /// Counts with all hosts what is answered without waiting for them.
  func settle(_ early: [RateBucket], _ head: RequestHead) { settle(early, [], head, user: nil) { _ in } }

  /// The same for a route whose caller does not matter.
  func settled(
    _ limits: RouteLimits, _ request: Request, _ responder: Responder, _ act: @escaping () -> Void
  ) {
    settle(limits.early, [], request.head, user: nil) { problem in
      guard let problem else { return act() }
      responder.respond(self.response(to: request.head, problem))
    }
  }

  private func asked(_ early: [RateBucket], _ late: [RateBucket], _ head: RequestHead, _ user: ID?) -> [Asked] {
    let client = client(of: head)
    return early.compactMap { bucket in bucket.value(client: client, user: nil).map { (bucket, $0) } }
      + late.compactMap { bucket in bucket.value(client: client, user: user).map { (bucket, $0) } }
  }

  /// Says the tightest limit to the client.
  private func tell(_ said: [(RateBucket, Rate.Standing)], _ head: RequestHead) -> Problem? {
    let refused = said.last.flatMap { $0.1.isAllowed ? nil : $0 }
    guard let (bucket, standing) = refused ?? said.min(by: { $0.1.remaining < $1.1.remaining }) else { return nil }
    head.answer(with: bucket.headers(standing))
    return refused == nil ? nil : bucket.problem(standing)
  }
}
