import ArgumentParser
import EventLoop
import Glibc
import Synchronization

/// Starts the host and runs until SIGTERM or SIGINT.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Starts the host with every bundle.")

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let settings = try refusing { try soundSettings() }
    let loop = try EventLoop()
    let failure = Mutex<(any Error)?>(nil)
    takeSignals()
    Task(executorPreference: loop) {
      do { try await SupervisorProcess(settings, loop).run() } catch { failure.withLock { $0 = error } }
      loop.stop()
    }
    loop.run()
    if let error = failure.withLock({ $0 }) { try refusing { throw error } }
  }

  /// A host that shares the state directory must not notice one that can't start.
  private func soundSettings() throws -> Settings {
    let settings = try Settings.read(root: project.root)
    try Plan.check(settings)
    return settings
  }
}

/// Undoes what the program that started this one did to signals: blocked ones would leave children unnoticed and SIGTERM
/// unheard. A peer that is gone is an error of a write, not a signal.
func takeSignals() {
  var none = sigset_t()
  unsafe sigemptyset(&none)
  unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
  signal(SIGPIPE, SIG_IGN)
}
