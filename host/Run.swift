import ArgumentParser
import EventLoop
import Glibc
import Synchronization

/// Starts the host and runs until SIGTERM or SIGINT.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Starts the host with every bundle.")

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let settings = try refusing { try Settings.read(root: project.root) }
    let plan = try refusing { try Plan.read(settings) }
    let loop = try EventLoop()
    let failure = Mutex<(any Error)?>(nil)
    signal(SIGPIPE, SIG_IGN)
    Task(executorPreference: loop) {
      do { try await HostProcess(settings, plan, loop).run() } catch { failure.withLock { $0 = error } }
      loop.stop()
    }
    loop.run()
    if let error = failure.withLock({ $0 }) { try refusing { throw error } }
  }
}

