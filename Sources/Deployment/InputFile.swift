private import Glibc

/// A file that is read from its beginning to its end, or at any place.
final class InputFile {
  let path: String
  let size: Int
  private let descriptor: Int32

  init(_ path: String) throws(DiskError) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      size = 0
      throw DiskError("open \(path)")
    }
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0
    size = Int(status.st_size)
    guard isKnown else { throw DiskError("open \(path)") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DiskError("read \(path), which is no regular file", number: EINVAL)
    }
  }

  /// Reads at most `limit` bytes at an offset; 0 at the end of the file.
  func read(into buffer: inout [UInt8], at offset: Int, limit: Int) throws(DiskError) -> Int {
    while true {
      let count = unsafe pread(descriptor, &buffer, min(limit, buffer.count), offset)
      if count >= 0 { return count }
      if errno != EINTR { throw DiskError("read \(path)") }
    }
  }

  /// All of it, for what is small or needed as a whole.
  func contents() throws(DiskError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    try eachPiece(of: 0..<size) { piece throws(DiskError) in bytes += piece }
    return bytes
  }

  /// Hands out a part in pieces of at most a mebibyte; ends early when the file does.
  func eachPiece(of range: Range<Int>, _ body: (ArraySlice<UInt8>) throws(DiskError) -> Void) throws(DiskError) {
    var buffer = [UInt8](repeating: 0, count: min(range.count, 1_048_576))
    var offset = range.lowerBound
    while offset < range.upperBound {
      let count = try read(into: &buffer, at: offset, limit: range.upperBound - offset)
      if count == 0 { return }
      try body(buffer[..<count])
      offset += count
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
