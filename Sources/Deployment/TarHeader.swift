/// The 512 bytes before each file of a ustar archive: a function of path and size alone, so that the same files always make
/// the same archive.
struct TarHeader {
  static let blockSize = 512

  let bytes: [UInt8]

  /// Nil for a path or a size that the format has no room for.
  init?(path: String, size: Int) {
    guard let (prefix, name) = TarHeader.split(path), size < 1 << 33 else { return nil }
    var bytes = [UInt8](repeating: 0, count: TarHeader.blockSize)
    func put(_ text: String, at offset: Int) {
      bytes.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(size, digits: 11), at: 124)
    put("00000000000", at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(prefix, at: 345)
    let sum = bytes.reduce(0) { $0 + Int($1) }
    put(octal(sum, digits: 6), at: 148)
    bytes[154] = 0
    self.bytes = bytes
  }

  /// The size that a header gives; nil if the block is no header.
  static func size(in block: ArraySlice<UInt8>) -> Int? {
    let digits = block.dropFirst(124).prefix(11)
    return Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }

  /// Zeros that follow a content of this size.
  static func padding(_ size: Int) -> Int { (blockSize - size % blockSize) % blockSize }

  /// What a file takes with its header and the zeros behind it.
  static func room(_ size: Int) -> Int { blockSize + size + padding(size) }

  /// A path of up to 100 bytes is a name; a longer one is divided at a slash.
  private static func split(_ path: String) -> (prefix: String, name: String)? {
    if path.utf8.count <= 100 { return ("", path) }
    for slash in path.indices where path[slash] == "/" {
      let (prefix, name) = (path[..<slash], path[path.index(after: slash)...])
      if prefix.utf8.count <= 155, name.utf8.count <= 100 { return (String(prefix), String(name)) }
    }
    return nil
  }
}

private func octal(_ number: Int, digits: Int) -> String {
  let text = String(number, radix: 8)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
