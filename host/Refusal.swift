import ArgumentParser
import Glibc

/// Why the program can't go on, in a message for a person and an exit code for a script.
struct Refusal: Error, CustomStringConvertible {
  let description: String
  let exitCode: Int32

  init(_ description: String, exitCode: Int32) {
    self.description = description
    self.exitCode = exitCode
  }
}

/// Prints why the body could not go on to standard error, and ends the program with the right exit code.
func refusing<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch {
    let text = Array("\(error)\n".utf8)
    _ = unsafe text.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    throw ExitCode((error as? Refusal)?.exitCode ?? 1)
  }
}
