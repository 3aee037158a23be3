/// Why a database can't be brought up to date, with the file, the place and what to do.
public struct MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
  public let message: String

  public init(_ message: String) { self.message = message }

  public var description: String { message }
}
