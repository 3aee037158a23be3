/// Why a certificate and its key can't be used; says which file, and what to do.
public struct TLSError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
