import ArgumentParser
import EventLoop
import Glibc
import Synchronization

/// Starts the host and runs until SIGTERM or SIGINT.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Starts the host with every bundle.")

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let settings = try Settings.read(root: project.root)
    let plan = try Plan.read(settings)
    let loop = try EventLoop()
    let failure = Mutex<(any Error)?>(nil)
    signal(SIGPIPE, SIG_IGN)
    Task(executorPreference: loop) {
      do { try await HostProcess(settings, plan, loop).run() } catch { failure.withLock { $0 = error } }
      loop.stop()
    }
    loop.run()
    if let error = failure.withLock({ $0 }) { throw Refusal("\(error)", exitCode: 1) }
  }
}

/// Ends the program with a message for a person and an exit code for a script.
struct Refusal: Error, CustomStringConvertible {
  let description: String
  let exitCode: Int32

  init(_ description: String, exitCode: Int32) {
    self.description = description
    self.exitCode = exitCode
  }
}

/// Prints what is wrong to standard error and ends the program.
func refuse(_ refusal: Refusal) -> Never {
  let text = refusal.description.hasSuffix("\n") ? refusal.description : refusal.description + "\n"
  unsafe fputs(text, stderr)
  exit(refusal.exitCode)
}
