private import CLibUV
private import Glibc

/// Runs another program in this process, which keeps its number, its children and the named descriptors.
///
/// Signals that ask a program to stop wait until the new one unblocks them: between two programs nobody hears them.
/// - Throws: ``LoopError`` when the program can't be run; nothing has changed then.
public func replaceProgram(
  _ executable: String, arguments: [String], environment: [String: String], keeping descriptors: [Int32]
) throws(LoopError) {
  for descriptor in descriptors { setInherited(descriptor, true) }
  var argv = ([executable] + arguments).map { strdup($0) } + [nil]
  var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { for text in argv + envp { free(text) } }
  var (before, waiting) = (sigset_t(), sigset_t())
  sigemptyset(&waiting)
  for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&waiting, signal) }
  pthread_sigmask(SIG_BLOCK, &waiting, &before)
  execve(executable, &argv, &envp)
  let reason = errno
  pthread_sigmask(SIG_SETMASK, &before, nil)
  for descriptor in descriptors { setInherited(descriptor, false) }
  try check(-reason, "run \(executable)")
}

/// Descriptors that the program before has left are nobody else's from now on.
public func keepFromOthers(_ descriptors: [Int32]) { for descriptor in descriptors { setInherited(descriptor, false) } }

/// Whether programs that this one starts, or becomes, have the descriptor.
private func setInherited(_ descriptor: Int32, _ isInherited: Bool) {
  let flags = fcntl(descriptor, F_GETFD)
  guard flags >= 0 else { return }
  _ = fcntl(descriptor, F_SETFD, isInherited ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC)
}
