private import Glibc

/// A new file, which survives a power cut once it is finished.
final class OutputFile {
  /// Makes the file and returns its descriptor, or -1.
  typealias Create = @Sendable (String) -> Int32

  static let create: Create = { path in
    unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  }

  private let path: String
  private let descriptor: Int32

  init(_ path: String, create: Create = OutputFile.create) throws(DiskError) {
    self.path = path
    descriptor = create(path)
    guard descriptor >= 0 else { throw DiskError("make \(path)") }
  }

  func write(_ bytes: ArraySlice<UInt8>) throws(DiskError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw DiskError("write \(path)")
      }
    }
  }

  /// Waits until the content is on the disk.
  func finish() throws(DiskError) {
    guard fsync(descriptor) == 0 else { throw DiskError("write \(path)") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
