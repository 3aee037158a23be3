private import Glibc
private import Synchronization

/// What a test process leaves in /tmp, and how it goes away.
enum Leftovers {
  private static let prefix = "lakoo-cluster-"
  private static let running = Mutex<(server: Int32, directory: String)?>(nil)

  /// A folder for this process, after clearing those of processes that are gone. A server whose folder vanishes ends by
  /// itself.
  static func makeDirectory() -> String {
    shell(
      """
      for directory in /tmp/\(prefix)*; do
        pid=${directory##*-}
        [ -d "$directory" ] && ! kill -0 "$pid" 2>/dev/null && rm -rf "$directory"
      done
      """)
    let directory = "/tmp/\(prefix)\(getpid())"
    unsafe mkdir(directory, 0o755)
    return directory
  }

  static func endWithProcess(server: Int32, directory: String) {
    // Nothing in it is worth a checkpoint.
    running.withLock { $0 = (server, directory) }
    atexit {
      guard let (server, directory) = Leftovers.running.withLock({ $0 }) else { return }
      kill(server, SIGQUIT)
      var status: Int32 = 0
      unsafe waitpid(server, &status, 0)
      Leftovers.shell("rm -rf '\(directory)'")
    }
  }

  private static func shell(_ script: String) { _ = unsafe system(script) }
}
