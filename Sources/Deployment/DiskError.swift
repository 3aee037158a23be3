private import Glibc

/// What the file system refused, in the kernel's words.
struct DiskError: Error, CustomStringConvertible {
  private let number: Int32
  private let action: String

  /// Takes the reason from `errno`, so it is to be made right after the call that failed.
  init(_ action: @autoclosure () -> String, number: Int32 = errno) {
    self.number = number
    self.action = action()
  }

  var isFull: Bool { number == ENOSPC || number == EDQUOT }
  var isMissing: Bool { number == ENOENT }
  var isCrossing: Bool { number == EXDEV || number == EPERM || number == EMLINK }
  var description: String { unsafe "can't \(action): \(String(cString: strerror(number)).lowercased())" }
}
