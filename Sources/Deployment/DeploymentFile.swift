internal import FunctionKit

/// A deployment as a file to commit: the same file makes the same deployment on another host, once the releases are there.
public struct DeploymentFile: Codable, Sendable, Hashable {
  /// The format that this version writes, and the only one it reads.
  public static let format = 1

  public let format: Int
  public let bundles: [String: Entry]

  public struct Entry: Codable, Sendable, Hashable {
    public let release: String
    /// SHA-256 of the bundle file in 64 hexadecimal digits.
    public let sha256: String

    public init(release: String, sha256: String) {
      self.release = release
      self.sha256 = sha256
    }
  }

  public init(bundles: [String: Entry]) {
    format = DeploymentFile.format
    self.bundles = bundles
  }

  /// What is live now.
  /// - Throws: ``DeploymentError`` for a live release that is not kept.
  public init(_ record: DeploymentRecord, stored: (String) -> StoredRelease?) throws(DeploymentError) {
    var bundles: [String: Entry] = [:]
    for (name, release) in record.releases() {
      guard let stored = stored(release) else { throw DeploymentError.unknownRelease(release, of: name) }
      bundles[name] = Entry(release: release, sha256: stored.sha256)
    }
    self.init(bundles: bundles)
  }

  /// Reads what ``text`` has written.
  public init(_ text: [UInt8]) throws(DeploymentError) {
    do {
      let json = try JSON.parse(text)
      guard json["format"]?.int == DeploymentFile.format else {
        throw DeploymentError(
          .unreadable,
          "the deployment file doesn't have format \(DeploymentFile.format), which is all that this lakoo reads; take one "
            + "from a host of the same version")
      }
      self = try decodeJSON(from: json)
    } catch let error as DeploymentError {
      throw error
    } catch {
      throw DeploymentError(.unreadable, "the deployment file can't be read: \(error)")
    }
  }

  /// JSON over several lines, members in order of name.
  public func text() throws -> [UInt8] { try prettyJSON(self) }
}
