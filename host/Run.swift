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
    blockSignals()
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

/// Signals wait until there is somebody to hear them: what a signal does by itself would end the program in the middle of
/// its start, and leave behind what it has started. A peer that is gone is an error of a write, not a signal.
private func blockSignals() {
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&signals, number) }
  unsafe pthread_sigmask(SIG_SETMASK, &signals, nil)
  signal(SIGPIPE, SIG_IGN)
}

/// What the program that started this one has blocked would leave children unnoticed and SIGTERM unheard.
func unblockSignals() {
  var none = sigset_t()
  unsafe sigemptyset(&none)
  unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
}
