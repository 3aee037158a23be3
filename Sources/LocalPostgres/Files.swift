private import FoundationEssentials
private import Glibc

/// What the file system says about a path itself, without following a symbolic link.
struct FileStatus {
  let owner: UInt32
  let group: UInt32
  let mode: UInt32
  let size: Int

  init?(_ path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    owner = status.st_uid
    group = status.st_gid
    mode = status.st_mode
    size = Int(status.st_size)
  }

  var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
  var isLink: Bool { mode & S_IFMT == S_IFLNK }
}

/// The text of a small file; nil when it can't be read.
func text(ofFile path: String) -> String? {
  FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
}

/// The path without symbolic links, so that one directory has one name.
func canonicalPath(_ path: String) -> String? {
  guard let resolved = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}

/// Makes what was renamed in the directory survive a power cut.
func syncDirectory(_ path: String) {
  let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}

/// The reason the last call failed, in the kernel's words.
func lastFailure() -> String {
  unsafe String(cString: strerror(errno)).lowercased()
}

/// A short name for a path, the same on every start.
func nameHash(of path: String) -> String {
  let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
