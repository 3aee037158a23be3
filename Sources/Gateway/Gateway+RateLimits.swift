internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import RateLimits
internal import Runtime

extension Gateway {
  /// The header in which a process of this host says where a request that it forwards came from. It counts at
  /// ``Door/local`` alone.
  static let clientHeader = "x-lakoo-client"

  /// A webhook delivery that proves nothing counts as so many.
  private static let weightOfForgery: UInt64 = 20

  /// Counts a request at the public door, before a body is read.
  /// - Returns: the refusal, when it is one too many.
  func refusal(_ limits: [RateBucket], _ head: RequestHead) -> Response? {
    guard !limits.isEmpty, head.peer != nil, isAtGateway(head) else { return nil }
    do {
      try take(limits, head, user: nil)
      return nil
    } catch {
      return response(to: head, error)
    }
  }

  /// Counts a request whose caller is known. At a service's own port only its users count: all come from the gateway there.
  /// - Throws: ``Problem`` 429.
  /// - Returns: the limits that it has been counted by.
  func limit(_ limits: RouteLimits, _ caller: Caller, _ head: RequestHead) throws(Problem) -> [RateBucket] {
    guard !limits.late.isEmpty else { return [] }
    if isAtGateway(head) {
      try take(limits.late, head, user: caller.userID, after: limits.early)
      return limits.late
    }
    guard let user = caller.userID, head.headers.firstBytes("x-internal-api-key") == nil else { return [] }
    let own = limits.late.filter { $0.key == .user && !$0.isOfGateway }
    try take(own, head, user: user)
    return own
  }

  /// A delivery was let in and has turned out to come from somebody else than it says.
  func countForgery(_ limits: RouteLimits, _ head: RequestHead) {
    guard let table = edge.rates, isAtGateway(head), let client = client(of: head) else { return }
    let (now, weight) = (rateClock, Gateway.weightOfForgery - 1)
    let buckets = limits.early.filter { $0.key == .address }
    for bucket in buckets { table.charge(weight, to: table.key(client, in: bucket.space), bucket.rate, at: now) }
    let claims = buckets.map { RateClaim(client, in: $0.space, $0.rate, count: weight, isOwed: true) }
    if !claims.isEmpty { edge.sharedRates?.take(claims, shift: shift) { _ in } }
  }

  /// - Parameter counted: limits that the request has been counted by before, which the answer tells of as well.
  private func take(
    _ limits: [RateBucket], _ head: RequestHead, user: ID?, after counted: [RateBucket] = []
  ) throws(Problem) {
    guard let table = edge.rates else { return }
    let (now, client) = (rateClock, client(of: head))
    var tightest: (bucket: RateBucket, standing: Rate.Standing)?
    func note(_ bucket: RateBucket, _ standing: Rate.Standing) {
      if let known = tightest, known.standing.remaining <= standing.remaining { return }
      tightest = (bucket, standing)
    }
    for bucket in counted {
      guard let value = bucket.value(client: client, user: nil) else { continue }
      note(bucket, table.standing(of: table.key(value, in: bucket.space), bucket.rate, at: now))
    }
    for bucket in limits {
      guard let value = bucket.value(client: client, user: user) else { continue }
      let standing = table.take(table.key(value, in: bucket.space), bucket.rate, at: now)
      guard standing.isAllowed else {
        head.answer(with: bucket.headers(standing))
        throw bucket.problem(standing)
      }
      note(bucket, standing)
    }
    if let tightest { head.answer(with: tightest.bucket.headers(tightest.standing)) }
  }

  func isAtGateway(_ head: RequestHead) -> Bool { doors.value[head.tag] == .gateway }

  /// What the client is counted by; nil when it is not known.
  func client(of head: RequestHead) -> UInt128? {
    if head.peer != nil { return edge.address(of: head)?.client }
    return head.headers.first(Gateway.clientHeader).flatMap { UInt128($0, radix: 16) }
  }

  /// Nanoseconds since the machine began, which all its processes agree on, and by as much ahead as the host's clock is.
  var rateClock: UInt64 { services.loop.now * 1_000_000 + UInt64(shift) * 1000 }

  /// Microseconds by which the host's clock is ahead.
  var shift: Int {
    let shift = services.clock.shift
    return shift == .zero ? 0 : max(0, Int(shift.microseconds))
  }
}

extension RateBucket {
  /// What sets the request apart from others that this counts; nil when that is not known.
  func value(client: UInt128?, user: ID?) -> UInt128? {
    switch key {
    case .address: client
    case .user: user.map { $0.number } ?? client
    case .route: 0
    }
  }

  func headers(_ standing: Rate.Standing) -> [(String, String)] {
    [
      ("RateLimit-Limit", limit), ("RateLimit-Remaining", String(standing.remaining)),
      ("RateLimit-Reset", String(standing.reset.wholeSeconds)),
    ]
  }

  func problem(_ standing: Rate.Standing) -> Problem {
    let seconds = Int(max(1, standing.wait.wholeSeconds))
    return Problem(
      429, "rate_limited", "Too many requests. Try again in \(seconds) s.", retryAfter: seconds)
  }
}

extension ID {
  fileprivate var number: UInt128 { bytes.reduce(0) { $0 << 8 | UInt128($1) } }
}

extension UInt64 {
  /// Of nanoseconds, rounded up: who waits so long has waited long enough.
  fileprivate var wholeSeconds: UInt64 { (self + 999_999_999) / 1_000_000_000 }
}
