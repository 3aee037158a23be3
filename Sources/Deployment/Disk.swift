private import FoundationEssentials
private import Glibc

/// What the file system refused, in the kernel's words.
struct DiskError: Error, CustomStringConvertible {
  private let number: Int32
  private let action: String

  /// Takes the reason from `errno`, so it is to be made right after the call that failed.
  init(_ action: String, number: Int32 = errno) {
    self.action = action
    self.number = number
  }

  var isFull: Bool { number == ENOSPC || number == EDQUOT }
  var isMissing: Bool { number == ENOENT }
  var isCrossing: Bool { number == EXDEV || number == EPERM || number == EMLINK }
  var description: String { unsafe "can't \(action): \(String(cString: strerror(number)).lowercased())" }
}

/// A file that is read from its beginning to its end, or at any place.
final class InputFile {
  let path: String
  let size: Int
  private let descriptor: Int32

  init(_ path: String) throws(DiskError) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DiskError("open \(path)") }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw DiskError("open \(path)") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw DiskError("read \(path)", number: EISDIR) }
    size = Int(status.st_size)
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

/// What is done to names rather than to content.
enum Disk {
  static func contents(_ path: String) throws(DiskError) -> [UInt8] { try InputFile(path).contents() }

  /// Nil where there is nothing of that name.
  static func contentsIfPresent(_ path: String) throws(DiskError) -> [UInt8]? {
    do { return try contents(path) } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The names in a directory, sorted; none if it is absent.
  static func names(in directory: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: directory))?.sorted() ?? []
  }

  /// Makes the directory and those above it.
  static func makeDirectory(_ path: String) throws(DiskError) {
    if unsafe mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw DiskError("make the directory \(path)")
    }
    try makeDirectory(String(path[..<slash]))
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else { throw DiskError("make the directory \(path)") }
  }

  /// Removes a file or a directory with all that is in it; what is absent is fine.
  static func remove(_ path: String) throws(DiskError) {
    guard unsafe Glibc.remove(path) != 0, errno != ENOENT else { return }
    guard errno == ENOTEMPTY || errno == EEXIST else { throw DiskError("remove \(path)") }
    for name in names(in: path) { try remove("\(path)/\(name)") }
    guard unsafe Glibc.remove(path) == 0 else { throw DiskError("remove \(path)") }
  }

  /// Gives a file or a directory another name, at once and for good.
  static func move(_ old: String, to new: String) throws(DiskError) {
    guard unsafe rename(old, new) == 0 else { throw DiskError("rename \(old) to \(new)") }
    try sync(directory: parent(new))
  }

  /// Makes the names in a directory survive a power cut.
  static func sync(directory: String) throws(DiskError) {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DiskError("open \(directory)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw DiskError("write \(directory)") }
  }

  /// Gives a file a second name, or copies it where the file system has no such thing.
  static func link(_ old: String, to new: String) throws(DiskError) {
    if unsafe Glibc.link(old, new) == 0 { return }
    let failure = DiskError("link \(old) to \(new)")
    guard failure.isCrossing else { throw failure }
    try copy(old, to: new)
  }

  static func copy(_ old: String, to new: String, create: OutputFile.Create = OutputFile.create) throws(DiskError) {
    let (input, output) = (try InputFile(old), try OutputFile(new, create: create))
    try input.eachPiece(of: 0..<input.size) { piece throws(DiskError) in try output.write(piece) }
    try output.finish()
  }

  /// Replaces a file as a whole: whoever reads it sees the old content or the new, even after a power cut.
  static func replace(_ path: String, _ bytes: [UInt8]) throws(DiskError) {
    try makeDirectory(parent(path))
    let new = path + ".new"
    let file = try OutputFile(new)
    try file.write(bytes[...])
    try file.finish()
    try move(new, to: path)
  }

  static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
