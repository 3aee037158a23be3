import EventLoop
import FunctionKit
import Glibc
import Runtime

/// What is known of crashes: their reports, how many each function has had, and which functions must not run any more.
final class Crashes: Sendable {
  private let path: String
  private let loop: EventLoop
  private let log: HostLog
  private let state: LoopLocal<State>

  private struct State {
    var ledger: CrashLedger
    var counts: [CrashLedger.Function: Int] = [:]
    var onQuarantine: (@Sendable ([String]) -> Void)?
    var onCrash: (@Sendable (CrashedFunction) -> Void)?
  }

  init(_ settings: Settings, _ loop: EventLoop, log: HostLog) {
    path = "\(settings.stateDirectory)/quarantine.json"
    self.loop = loop
    self.log = log
    let text = try? fileContents(path)
    let known = text.flatMap { try? decodeJSON([CrashLedger.Quarantine].self, from: $0) }
    state = LoopLocal(loop, State(ledger: CrashLedger(quarantined: known ?? [])))
    if text != nil, known == nil { log.host(.error, "\(path) can't be read: what was in quarantine runs again") }
  }

  /// - Parameters:
  ///   - onQuarantine: told the names of all functions that must not run, whenever that changes.
  ///   - onCrash: told of each crash.
  func listen(
    onQuarantine: @escaping @Sendable ([String]) -> Void, onCrash: @escaping @Sendable (CrashedFunction) -> Void
  ) {
    state.value.onQuarantine = onQuarantine
    state.value.onCrash = onCrash
  }

  /// How often each function has crashed.
  var counts: [CrashLedger.Function: Int] { state.value.counts }
  var quarantined: [String] { state.value.ledger.names }
  var quarantines: [CrashLedger.Quarantine] { state.value.ledger.quarantined }

  /// - Parameters:
  ///   - isOnTrial: whether another release of the bundle is live, whose functions are not to blame.
  ///   - isAnswered: whether its worker could still say so to the caller.
  func crashed(_ crash: CrashedFunction, isOnTrial: Bool, isAnswered: Bool) {
    let function = CrashLedger.Function(bundle: crash.bundle, function: crash.function)
    state.value.counts[function, default: 0] += 1
    let answer = isAnswered ? "the request was answered 500" : "it takes its worker along, and there is no answer"
    log.host(
      .error, "\(function.name) of release \(crash.release) crashed in request \(crash.requestID); \(answer)")
    if !isOnTrial, state.value.ledger.crashed(function, release: crash.release, at: Int64(time(nil))) {
      log.host(
        .error,
        "\(function.name) crashed \(CrashLedger.limit) times within \(CrashLedger.window) s and is in quarantine: it does "
          + "not run until somebody lifts it (lakoo quarantine lift \(function.name)) or deploys another release")
      changed()
    }
    state.value.onCrash?(crash)
  }

  /// - Throws: ``Problem`` 404 for a function that is not in quarantine.
  func lift(_ function: CrashLedger.Function) throws {
    guard state.value.ledger.lift(function) else {
      throw Problem(404, "not_quarantined", "\(function.name) is not in quarantine.")
    }
    log.host(.info, "\(function.name) is out of quarantine")
    changed()
  }

  /// A bundle has got another release.
  func released(_ bundle: String) {
    let before = quarantined
    state.value.ledger.lift(bundle: bundle)
    if quarantined != before { changed() }
  }

  private func changed() {
    do { try writeFile(path, encodeJSON(quarantines)) } catch {
      log.host(.error, "\(path): the quarantine can't be kept over a restart: \(error)")
    }
    state.value.onQuarantine?(quarantined)
  }
}
