public import FunctionKit

/// A release as it is kept.
public struct StoredRelease: Codable, Sendable, Hashable {
  public let release: String
  public let bundle: String
  /// SHA-256 of the bundle file in 64 hexadecimal digits.
  public let sha256: String
  /// Of the bundle file.
  public let bytes: Int
  public let addedAt: Instant
}
