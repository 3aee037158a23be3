/// A path without what whoever reads a log must not learn from it. What follows a question mark is never part of one.
enum RedactedPath {
  /// A parameter whose name has one of these words may be a secret.
  private static let words = ["token", "secret", "password", "code", "key", "signature", "otp"]

  /// In place of a value that may be a secret stands its parameter's name, as in the route.
  static func text(_ path: ArraySlice<UInt8>, _ target: RouteTable.Target?, _ values: [ArraySlice<UInt8>]) -> String {
    var bytes = Array(path)
    for (name, value) in zip(target?.names ?? [], values).reversed() where isSecret(name) {
      // Slices of a path know their place in it.
      let start = value.startIndex - path.startIndex
      bytes.replaceSubrange(start..<start + value.count, with: ":\(name)".utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return words.contains { name.contains($0) }
  }
}
