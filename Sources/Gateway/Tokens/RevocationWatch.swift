internal import EventLoop
internal import FunctionKit
internal import Runtime
internal import Tokens

/// Asks the auth service again and again which sessions have ended.
///
/// While it does not answer, what it has said before goes on to count, and tokens are believed for what they say: to let
/// nobody in would make every service as often unavailable as that one.
final class RevocationWatch: Sendable {
  private let services: HostServices
  private let key: String
  private let task: LoopLocal<PeriodicTask?>
  private let state: LoopLocal<State>
  private let every: Duration
  private let staleAfter: Duration

  private struct State {
    var revocations: Revocations
    /// The time up to which everything is known.
    var since: Instant?
    var answeredAt: Instant
    var isStale = false
  }

  /// What is asked for twice: a transaction that began before an answer may have ended after it.
  private static let overlap = Duration.seconds(60)
  private static let timeout = Duration.seconds(1)

  init(_ services: HostServices, key: String, every: Duration, staleAfter: Duration) {
    self.services = services
    self.key = key
    self.every = every
    self.staleAfter = staleAfter
    let now = services.clock.now
    state = LoopLocal(services.loop, State(revocations: Revocations(at: now), answeredAt: now))
    task = LoopLocal(services.loop, nil)
  }

  func contains(_ claims: TokenClaims) -> Bool { state.value.revocations.contains(claims) }

  /// For those who look after the host; nil while all is well.
  var warning: String? {
    guard task.value != nil, age > staleAfter else { return nil }
    return "the auth service has not said for \(age.components.seconds) s which sessions have ended"
  }

  private var age: Duration { services.clock.now - state.value.answeredAt }

  /// Begins, and waits for the first answer, but not for long.
  func start() async {
    guard services.directory.knows(Gateway.authService) else {
      return services.log.host(.info, "there is no auth service in this deployment: no session counts as ended")
    }
    let task = PeriodicTask(services.loop, after: every, every: every) { [weak self] in await self?.ask() }
    self.task.value = task
    state.value.answeredAt = services.clock.now
    let first = Task(executorPreference: services.loop) { await self.ask() }
    let limit = LoopTimer(services.loop)
    limit.start(after: (RevocationWatch.timeout * 2).milliseconds) { first.cancel() }
    await first.value
    limit.close()
    task.start()
  }

  func stop() async { await task.value?.stop() }

  private func ask() async {
    do {
      let list = try await list()
      let now = services.clock.now
      state.value.revocations.add(list, at: now)
      state.value.since = list.asOf - RevocationWatch.overlap
      state.value.answeredAt = now
      note(isStale: false, "the auth service says again which sessions have ended")
    } catch {
      guard let warning else { return }
      note(isStale: true, "\(warning), so that tokens of those are good until they expire: \(error)")
    }
  }

  /// Each change is told once.
  private func note(isStale: Bool, _ message: String) {
    guard state.value.isStale != isStale else { return }
    state.value.isStale = isStale
    services.log.host(isStale ? .warning : .info, message)
  }

  private func list() async throws -> RevocationList {
    let query = state.value.since.map { "?since=\($0)" } ?? ""
    let reply = try await services.directory.send(
      ServiceExchange(
        service: Gateway.authService, method: "GET", target: "/internal/sessions/revoked\(query)",
        headers: [
          (TrustHeader.internal, key), ("x-request-id", services.newRequestID()),
          (HopHeader.deadline, "\(RevocationWatch.timeout.milliseconds)"),
        ], timeout: RevocationWatch.timeout))
    guard reply.status == 200 else { throw UnexpectedAnswer(status: reply.status) }
    return try decodeJSON(Answer.self, from: reply.body).data
  }

  private struct Answer: Decodable { var data: RevocationList }

  private struct UnexpectedAnswer: Error, CustomStringConvertible {
    var status: Int
    var description: String { "it answered \(status)" }
  }
}
