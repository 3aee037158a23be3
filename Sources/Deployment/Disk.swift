private import FoundationEssentials
private import Glibc

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
