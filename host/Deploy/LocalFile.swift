import Glibc

/// A file that a command is given, or writes.
enum LocalFile {
  /// - Throws: ``Refusal`` with exit code 2 that names the file.
  static func read(_ path: String) throws -> [UInt8] {
    guard let file = unsafe fopen(path, "r") else { throw refusal("can't read", path) }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1_048_576)
    while case let count = unsafe fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
    guard unsafe ferror(file) == 0 else { throw refusal("can't read", path) }
    return bytes
  }

  /// - Throws: ``Refusal`` with exit code 2 that names the file.
  static func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = unsafe fopen(path, "w") else { throw refusal("can't write", path) }
    let count = unsafe fwrite(bytes, 1, bytes.count, file)
    guard unsafe fclose(file) == 0, count == bytes.count else { throw refusal("can't write", path) }
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  private static func refusal(_ attempt: String, _ path: String) -> Refusal {
    let reason = unsafe String(cString: strerror(errno))
    return Refusal("\(attempt) \(path): \(reason)", exitCode: 2)
  }
}
