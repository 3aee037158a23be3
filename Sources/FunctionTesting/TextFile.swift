private import Glibc

enum TextFile {
  static func read(_ path: String) throws -> String {
    guard let file = unsafe fopen(path, "r") else { throw TestSetupError("can't read \(path)") }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = unsafe fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The nearest folder above a file that has a `manifests` folder.
  static func projectRoot(above file: String) -> String {
    var path = Substring(file)
    while let slash = path.lastIndex(of: "/") {
      path = path[..<slash]
      if unsafe access("\(path)/manifests", F_OK) == 0 { return String(path) }
    }
    return "."
  }
}
