private import CLibUV
private import Glibc

/// Waits on a thread of its own until the other end of a socket is closed, by whatever end its process has come to, and
/// does the work there. A loop notices that too, but not while a task holds it up.
/// - Throws: ``LoopError`` when there can be no further thread.
public func whenHungUp(_ descriptor: Int32, _ work: @escaping @Sendable () -> Void) throws(LoopError) {
  var (before, all) = (sigset_t(), sigset_t())
  sigfillset(&all)
  // The thread has them blocked from its first moment: signals are for the loop's thread.
  pthread_sigmask(SIG_SETMASK, &all, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  let watch = Unmanaged.passRetained(HangupWatch(descriptor: descriptor, work: work))
  var thread = uv_thread_t()
  let status = uv_thread_create(
    &thread, { Unmanaged<HangupWatch>.fromOpaque($0!).takeRetainedValue().run() }, watch.toOpaque())
  if status < 0 { watch.release() }
  try check(status, "start a thread")
  pthread_detach(thread)
}

private final class HangupWatch: Sendable {
  private let descriptor: Int32
  private let work: @Sendable () -> Void

  init(descriptor: Int32, work: @escaping @Sendable () -> Void) {
    self.descriptor = descriptor
    self.work = work
  }

  func run() {
    // Asked for nothing, poll tells of the other end's end.
    var entry = pollfd(fd: descriptor, events: 0, revents: 0)
    while poll(&entry, 1, -1) < 0, errno == EINTR {}
    work()
  }
}

/// Has nobody accept on a listening socket any more, in any process that shares it, so that its port can be bound anew.
/// Any other descriptor is left as it is.
public func stopListening(_ descriptor: Int32) {
  var isListening: Int32 = 0
  var size = socklen_t(MemoryLayout<Int32>.size)
  guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0, isListening != 0 else { return }
  shutdown(descriptor, Int32(SHUT_RDWR))
}
