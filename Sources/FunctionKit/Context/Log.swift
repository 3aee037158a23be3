/// Lines that belong to the invocation; the host adds who, what and when.
public struct Log: Sendable {
  public enum Level: String, Sendable { case debug, info, warning, error }

  let host: any InvocationHost

  public func info(_ message: @autoclosure () -> String) { host.log(.info, message()) }
  public func warning(_ message: @autoclosure () -> String) { host.log(.warning, message()) }
  public func error(_ message: @autoclosure () -> String) { host.log(.error, message()) }
}
