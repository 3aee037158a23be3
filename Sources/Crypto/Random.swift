private import COpenSSL

/// The system's random generator gave nothing.
public struct RandomError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String {
    "the random generator gave no bytes; check that the process may call getrandom(2) or open /dev/urandom"
  }
}

/// Bytes that nobody can guess, for tokens and keys.
/// - Throws: ``RandomError`` when the system has no randomness to give; never use other bytes instead.
public func randomBytes(_ count: Int) throws(RandomError) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw RandomError() }
  return bytes
}
