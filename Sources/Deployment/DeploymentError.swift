/// Why a deployment can't be changed in this way, and what to do.
public struct DeploymentError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    case unknownBundle
    case unknownRelease
    case nothingToRollBack
    /// The release is what is live already.
    case alreadyLive
    /// The bundle has a candidate, which has to be promoted or aborted first.
    case candidateUnderWay
    case noCandidate
    case percentOutOfRange
    /// A file or a record that can't be read or written.
    case unreadable
    /// The disk is full.
    case noSpace
    /// The disk refuses for another reason.
    case notWritten
  }

  public let code: Code
  public let message: String

  public var description: String { message }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Tells a full disk from other failures.
  init(_ error: any Error, savingIn directory: String) {
    let isFull = (error as? DiskError)?.isFull == true
    let remedy = isFull ? "make room there" : "let the host write there"
    self.init(
      isFull ? .noSpace : .notWritten,
      "the deployment can't be written to \(directory): \(error); \(remedy) and try again")
  }

  static func unknownRelease(_ release: String, of bundle: String) -> DeploymentError {
    DeploymentError(
      .unknownRelease, "release \(release) of \(bundle) is not kept here; send its bundle file first, or deploy that")
  }
}
