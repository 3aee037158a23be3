import EventLoop
import Glibc
import Synchronization

/// Another program, run to its end; what it prints goes to standard error, so that what this program says can be piped.
struct Command {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  /// - Returns: its exit status, or 128 and the signal that ended it.
  /// - Throws: ``Refusal`` when it can't be started.
  func run() throws -> Int {
    let loop = try EventLoop()
    let status = Mutex(0)
    var options = ChildProcess.Options(executable: words[0], arguments: Array(words.dropFirst()))
    options.outputDescriptor = STDERR_FILENO
    do {
      let child = try ChildProcess(loop, options) { code, signal in
        status.withLock { $0 = signal == 0 ? code : 128 + Int(signal) }
        loop.stop()
      }
      loop.run()
      withExtendedLifetime(child) {}
    } catch {
      throw Refusal("\(error); is '\(words[0])' in the PATH?", exitCode: 1)
    }
    return status.withLock { $0 }
  }
}
