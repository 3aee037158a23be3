import Glibc

/// A child process, started and waited for by system calls alone.
final class Program: @unchecked Sendable {
  let processID: Int32
  private var status: Int32?

  /// - Parameter output: the file that standard output and error are appended to.
  init(_ executable: String, _ arguments: [String], environment: [String: String], output: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var argv = ([executable] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in argv + envp { free(string) } }
    var child: pid_t = 0
    let result = posix_spawn(&child, executable, &actions, nil, &argv, &envp)
    guard result == 0 else { throw TestFailure("can't start \(executable): error \(result)") }
    processID = child
  }

  var isRunning: Bool {
    if status != nil { return false }
    var raw: Int32 = 0
    guard waitpid(processID, &raw, WNOHANG) == processID else { return true }
    status = raw
    return false
  }

  func signal(_ number: Int32) {
    if isRunning { kill(processID, number) }
  }

  /// The exit status; 128 and the signal when one ended it.
  @discardableResult
  func wait() -> Int32 {
    if status == nil {
      var raw: Int32 = 0
      while waitpid(processID, &raw, 0) == -1, errno == EINTR {}
      status = raw
    }
    let raw = status ?? 0
    return raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
  }
}
