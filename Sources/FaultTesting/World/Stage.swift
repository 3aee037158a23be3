internal import EventLoop
internal import FunctionKit

/// A host, its databases, and the proxies around it. All but the host's process is on one loop.
final class Stage: Sendable {
  let loop: EventLoop
  let seed: UInt64
  let host: RunningHost
  let course: LoopLocal<FaultCourse>
  let databases: WorldDatabases
  let proxies: Proxies
  private let runs: LoopLocal<Int>
  private let requests: LoopLocal<Int>
  private let clockMoves: LoopLocal<Int>
  private static let looks = 500

  init(
    _ loop: EventLoop, seed: UInt64, _ host: RunningHost, _ course: LoopLocal<FaultCourse>, _ databases: WorldDatabases,
    _ proxies: Proxies
  ) {
    self.loop = loop
    self.seed = seed
    self.host = host
    self.course = course
    self.databases = databases
    self.proxies = proxies
    (runs, requests, clockMoves) = (LoopLocal(loop, 0), LoopLocal(loop, 0), LoopLocal(loop, 0))
  }

  /// How often a scenario was begun.
  var runCount: Int { runs.value }

  /// A world for the next run of a scenario.
  func world(isCalm: Bool = false) -> World {
    runs.value += 1
    return World(stage: self, number: runs.value, isCalm: isCalm)
  }

  /// Kills the host and starts it anew, with no other fault meanwhile.
  func restart(whileDown work: () async throws -> Void = {}) async throws {
    let wasOn = course.value.isOn
    course.value.isOn = false
    try await blocking { [host] in host.kill9() }
    try await work()
    try await blocking { [host] in try host.start() }
    course.value.isOn = wasOn
  }

  /// Waits before for what is under way, and lets nothing begin: a request that took minutes by the clock would be taken for
  /// one whose answer is lost.
  func advanceClock(seconds: Int) async throws {
    clockMoves.value += 1
    defer { clockMoves.value -= 1 }
    for _ in 0..<Self.looks {
      guard requests.value > 0 || proxies.providers.contains(where: \.isBusy) else { break }
      try await loop.sleep(for: .milliseconds(10))
    }
    try await blocking { [host] in try host.advanceClock(seconds: seconds) }
  }

  /// Sends a request of a scenario, when no clock is being moved.
  func request(_ send: @escaping @Sendable () throws -> HTTP.Reply) async throws -> HTTP.Reply {
    while clockMoves.value > 0 { try await loop.sleep(for: .milliseconds(5)) }
    requests.value += 1
    defer { requests.value -= 1 }
    return try await blocking(send)
  }

  func close() async {
    course.value.isOn = false
    await databases.close()
    do { try await blocking { [host] in host.cleanUp() } } catch { course.value.note("\(error)") }
    await proxies.close()
  }
}

/// What stands around a host.
struct Proxies: Sendable {
  var databases: [DatabaseProxy] = []
  var upstreams: [UpstreamProxy] = []
  /// Those of the upstreams that a provider is called by.
  var providers: [UpstreamProxy] = []

  func close() async {
    for proxy in databases { proxy.close() }
    for proxy in upstreams { await proxy.close() }
  }
}
