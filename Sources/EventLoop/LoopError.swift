private import CLibUV

/// What the kernel refused, in libuv's words.
public struct LoopError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The errno-like name: `EADDRINUSE`, `ECONNRESET`.
  public let code: String
  /// What was tried and why it failed.
  public let message: String

  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }

  init(_ status: Int32, _ attempt: String) {
    code = String(cString: uv_err_name(status))
    message = "can't \(attempt): \(String(cString: uv_strerror(status)))"
  }

  public var description: String { message }
}

/// The one place where a libuv status becomes an error.
@discardableResult
func check(_ status: Int32, _ attempt: @autoclosure () -> String) throws(LoopError) -> Int32 {
  guard status >= 0 else { throw LoopError(status, attempt()) }
  return status
}
