private import CLibUV
private import Glibc

/// Starts a program that inherits chosen descriptors, and nobody's signals.
public struct Spawn: Sendable {
  public var executable: String
  public var arguments: [String]
  public var environment: [String: String] = [:]
  /// Which of our descriptors the program finds under which number, from 3 on.
  public var descriptors: [(own: Int32, number: Int32)] = []
  /// Puts it into a process group of its own, so that a Ctrl-C in the terminal does not reach it.
  public var isDetached = false
  public var limits = ProcessLimits()

  public init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }

  /// - Returns: the program's process, which is to be waited for: see ``ChildWatcher``.
  /// - Throws: ``LoopError`` when it can't be started.
  public func start() throws(LoopError) -> Int32 {
    // Under numbers that none of the program's can be, so that no mapping overwrites what a later one needs.
    let copies = descriptors.map { Descriptor(owning: fcntl($0.own, F_DUPFD_CLOEXEC, 512)) }
    defer { for copy in copies { copy.close() } }
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (copy, wanted) in zip(copies, descriptors) {
      posix_spawn_file_actions_adddup2(&actions, copy.number, wanted.number)
    }
    clearSignals(&attributes)
    var argv = ([executable] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, executable, &actions, &attributes, &argv, &envp)
    try check(-status, "start \(executable)")
    limits.apply(to: child)
    return child
  }

  private func clearSignals(_ attributes: inout posix_spawnattr_t) {
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let group = isDetached ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
  }
}
