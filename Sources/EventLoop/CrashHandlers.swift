private import CCrash

/// What becomes of signals that mean a crash.
public enum CrashHandlers {
  /// Reports every crash of this process, and contains what is contained by ``EventLoop/contain(_:)``.
  /// - Parameters:
  ///   - descriptor: gets each report as one line, in one write; −1 drops them.
  ///   - containing: whether a trap in an invocation ends that only; otherwise it ends the process.
  public static func install(reportingTo descriptor: Int32, containing: Bool) {
    lakoo_crash_install(descriptor, unsafeBitCast(CrashMark.$current, to: UnsafeRawPointer.self), containing)
    lakoo_crash_adopt_thread()
  }
}

/// A trap that ended the task it came in, and nothing else.
public struct ContainedCrash: Sendable {
  /// Of this process, from 1.
  public let number: UInt64
  public let signal: Int32
  public let mark: CrashMark
}
