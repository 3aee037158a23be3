/// Headers that many responses have in common, checked and written out once.
public struct HeaderLines: Sendable {
  let bytes: [UInt8]

  public static let none = HeaderLines([])!

  /// - Returns: nil when one of them could not be sent without changing the response's structure.
  public init?(_ headers: [(String, String)]) {
    var bytes: [UInt8] = []
    for (name, value) in headers {
      guard bytes.appendHeader(name, value) else { return nil }
    }
    self.bytes = bytes
  }
}
