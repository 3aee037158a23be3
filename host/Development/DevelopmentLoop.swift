import EventLoop
import FunctionKit

/// Has what is saved in a project built and deployed, as long as the host runs.
final class DevelopmentLoop: Sendable {
  private let loop: EventLoop
  private let build: FunctionBuild
  private let tree: ProjectTree
  private let deploy: @Sendable (String) async throws -> Void
  private let log: @Sendable (Log.Level, String) -> Void
  private let quiet: LoopTimer
  private let state: LoopLocal<State>

  private struct State {
    var decisions = DevelopmentState()
    var watcher: FileWatcher?
    var compiler: ChildProcess?
    var work: Task<Void, Never>?
    /// When the change that is being worked on was seen.
    var since: UInt64 = 0
  }

  /// Saving writes a file in several steps, and tools write several files.
  private static let pause: UInt64 = 50

  /// - Parameter deploy: puts a bundle live as it is in the project and its build folder; it throws what is wrong, for a
  ///   person, and then leaves the old one live.
  init(
    _ loop: EventLoop, build: FunctionBuild, tree: ProjectTree,
    deploy: @escaping @Sendable (String) async throws -> Void,
    log: @escaping @Sendable (Log.Level, String) -> Void
  ) {
    self.loop = loop
    self.build = build
    self.tree = tree
    self.deploy = deploy
    self.log = log
    quiet = LoopTimer(loop)
    state = LoopLocal(loop, State())
  }

  /// - Throws: ``LoopError`` for a folder that can't be watched.
  func start() throws {
    let folders = ProjectTree.folders.map { "\(tree.root)/\($0)" }.filter(LocalFile.exists)
    state.value.watcher = try FileWatcher(
      loop, folders: folders, onChange: { [weak self] in self?.changed($0) },
      onFailure: { [weak self] in self?.log(.error, "\($0); start the host anew to have it watched") })
  }

  /// Ends a build that runs, and waits for a deployment that does.
  func stop() async {
    state.value.watcher?.close()
    quiet.close()
    state.value.compiler?.kill(2)
    await state.value.work?.value
  }

  private func changed(_ path: String) {
    let effect = tree.effect(of: path)
    if case .restart(let reason) = effect { log(.warning, "\(reason); start the host anew with 'make run'") }
    perform(state.value.decisions.changed(effect))
  }

  private func perform(_ step: DevelopmentState.Step?) {
    switch step {
    case nil: break
    case .settle: settle()
    case .build(let bundle): work { await $0.compile(bundle) }
    case .deploy(let bundle): work { await $0.putLive(bundle) }
    }
  }

  private func settle() {
    state.value.since = loop.now
    quiet.start(after: DevelopmentLoop.pause) { [weak self] in
      guard let self else { return }
      perform(state.value.decisions.settled())
    }
  }

  private func work(_ body: @escaping @Sendable (DevelopmentLoop) async -> Void) {
    state.value.work = Task(executorPreference: loop) { await body(self) }
  }

  private func compile(_ bundle: String) async {
    log(.info, "building \(bundle)")
    let errors = await errors(bundle)
    if let errors {
      for error in errors { log(.error, error) }
      log(.warning, "\(bundle) stays as it was")
    }
    perform(state.value.decisions.built(errors == nil))
  }

  /// Nil when it compiles.
  private func errors(_ bundle: String) async -> [String]? {
    do {
      let (status, output) = try await compilerEnd(build.options(bundle))
      return status == 0 ? nil : compilerErrors(in: output, root: build.root)
    } catch {
      return ["\(error); set PATH so that it holds the Swift toolchain that built this host"]
    }
  }

  private func compilerEnd(_ options: ChildProcess.Options) async throws -> (Int, String) {
    defer { state.value.compiler = nil }
    let status = try await withCheckedThrowingContinuation { continuation in
      do {
        state.value.compiler = try ChildProcess(loop, options) { status, signal in
          continuation.resume(returning: signal == 0 ? status : 128 + Int(signal))
        }
      } catch { continuation.resume(throwing: error) }
    }
    return (status, state.value.compiler?.text ?? "")
  }

  private func putLive(_ bundle: String) async {
    do {
      try await deploy(bundle)
      log(.info, "\(bundle) is live, \(loop.now - state.value.since) ms after it was changed")
    } catch {
      for line in "\(error)".split(separator: "\n") { log(.error, String(line)) }
      log(.warning, "\(bundle) stays as it was")
    }
    perform(state.value.decisions.deployed())
  }
}
