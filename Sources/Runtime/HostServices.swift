public import EventLoop

/// The parts of a worker that every invocation shares.
public final class HostServices: Sendable {
  public let loop: EventLoop
  public let clock: HostClock
  public let upstreams: UpstreamClient
  public let environment: Environment
  public let log: HostLog
  public let inFlight: InFlight
  public let directory: ServiceDirectory

  /// - Parameter remote: how services are reached that are elsewhere.
  public init(
    loop: EventLoop, clock: HostClock, upstreams: UpstreamClient, environment: Environment, log: HostLog,
    remote: [String: ServiceTransport] = [:]
  ) {
    self.loop = loop
    self.clock = clock
    self.upstreams = upstreams
    self.environment = environment
    self.log = log
    inFlight = InFlight(loop)
    directory = ServiceDirectory(loop, remote: remote, log: log)
  }
}
