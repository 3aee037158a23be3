/// Why the local PostgreSQL could not be had.
public struct LocalPostgresError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: Sendable {
    /// No server is installed on this machine.
    case notInstalled
    /// Root has no unprivileged user to run the server as.
    case noAccount
    /// Another host uses the state directory.
    case locked
    /// A directory can't be made, or belongs to somebody else.
    case directory
    /// `initdb` failed.
    case initialization
    /// The server ended, or did not answer in time, before it was ready.
    case startFailed
    /// A server of an earlier host does not end.
    case orphan
  }

  public let code: Code
  /// What happened, where, and what to do about it.
  public let message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
