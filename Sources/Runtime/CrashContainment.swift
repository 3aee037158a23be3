internal import EventLoop
internal import FunctionKit

/// A crash of a function that has been contained.
public struct CrashNotice: Sendable, Equatable {
  /// Of this process, from 1: as in the report.
  public let number: UInt64
  /// `payment`.
  public let bundle: String
  public let function: String
  public let requestID: String
  /// Of the bundle's build; nil when the invocation was over, and only something that it had left behind crashed.
  public let release: String?
}

/// Sees to it that a function's crash is that function's alone: its caller is answered, its transactions are given up, and
/// whoever runs the host is told. Everything else in the process goes on.
public final class CrashContainment: Sendable {
  private let services: HostServices
  private let onCrash: @Sendable (CrashNotice) -> Void

  /// Takes over the loop's crashes; call it on the loop's thread, or before the loop runs.
  public init(services: HostServices, onCrash: @escaping @Sendable (CrashNotice) -> Void) {
    self.services = services
    self.onCrash = onCrash
    services.loop.onCrash = { self.handle($0) }
  }

  private func handle(_ crash: ContainedCrash) {
    let invocation = services.inFlight.invocation(crash.mark.invocation)
    let name = crash.mark.function.split(separator: "/", maxSplits: 1).map(String.init)
    let notice = CrashNotice(
      number: crash.number, bundle: name.first ?? "", function: name.last ?? "",
      requestID: invocation?.requestID ?? crash.mark.request, release: invocation?.bundle.release)
    invocation?.crash(
      FunctionCrashed(function: notice.function, requestID: notice.requestID, signal: crash.signal))
    onCrash(notice)
  }
}
