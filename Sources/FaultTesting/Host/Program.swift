private import Glibc

/// A child process, started and waited for by system calls alone. It has nothing to read from standard input.
public final class Program: @unchecked Sendable {
  public let processID: Int32
  private var status: Int32?

  /// - Parameter output: the file that standard output and error are appended to.
  public init(_ executable: String, _ arguments: [String], environment: [String: String], output: String) throws {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    var argv = unsafe ([executable] + arguments).map { unsafe strdup($0) } + [nil]
    var envp = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer { unsafe release(argv + envp) }
    var child: pid_t = 0
    let result = unsafe posix_spawn(&child, executable, &actions, nil, &argv, &envp)
    guard result == 0 else { throw TestFailure("can't start \(executable): error \(result)") }
    processID = child
  }

  public var isRunning: Bool {
    if status != nil { return false }
    var raw: Int32 = 0
    guard unsafe waitpid(processID, &raw, WNOHANG) == processID else { return true }
    status = raw
    return false
  }

  public func signal(_ number: Int32) {
    if isRunning { kill(processID, number) }
  }

  /// The exit status; 128 and the signal when one ended it.
  @discardableResult
  public func wait() -> Int32 {
    if status == nil {
      var raw: Int32 = 0
      while unsafe waitpid(processID, &raw, 0) == -1, errno == EINTR {}
      status = raw
    }
    let raw = status ?? 0
    return raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
  }
}

private func release(_ strings: [UnsafeMutablePointer<CChar>?]) {
  for index in unsafe strings.indices { unsafe free(strings[index]) }
}
