private import Glibc

/// Lets one at a time work in a directory, of all threads and processes. It ends with its process, so what is found
/// unfinished by the one who has it is nobody's any more.
struct DirectoryLock {
  private let descriptor: Int32

  /// Makes the directory if need be, and waits for its turn.
  init(_ directory: String) throws(DiskError) {
    try Disk.makeDirectory(directory)
    descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DiskError("open \(directory)") }
    while flock(descriptor, LOCK_EX) != 0 {
      if errno == EINTR { continue }
      let failure = DiskError("lock \(directory)")
      close(descriptor)
      throw failure
    }
  }

  func release() { close(descriptor) }
}
