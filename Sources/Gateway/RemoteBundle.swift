public import Manifest

/// A bundle that other processes of this host run, or another release of one. They listen on a Unix socket, at ``Door/local``.
public struct RemoteBundle: Sendable {
  public let manifest: BundleManifest
  public let socketPath: String
  /// Of a hundred requests so many go there, and the others to the live release; nil when all go.
  public let percent: Int?

  public init(_ manifest: BundleManifest, socketPath: String, percent: Int? = nil) {
    self.manifest = manifest
    self.socketPath = socketPath
    self.percent = percent
  }
}

/// Sends an even share of the requests elsewhere: of a hundred so many, as far apart as can be.
struct Share {
  let percent: Int
  private var sum = 0

  init(percent: Int) { self.percent = percent }

  mutating func isNextElsewhere() -> Bool {
    sum += percent
    guard sum >= 100 else { return false }
    sum -= 100
    return true
  }
}
