public import EventLoop
public import FunctionKit
public import Telemetry

/// The parts of a worker that every invocation shares.
public final class HostServices: Sendable {
  public let loop: EventLoop
  public let clock: HostClock
  public let upstreams: UpstreamClient
  public let environment: Environment
  public let log: HostLog
  public let inFlight: InFlight
  public let quarantine: Quarantine
  public let tallies: Tallies
  /// Nil where nobody collects traces.
  public let tracer: Tracer?
  public let lines: Lines
  public let directory: ServiceDirectory
  private let noise: LoopLocal<Noise>

  /// - Parameter remote: how services are reached that are elsewhere.
  public init(
    loop: EventLoop, clock: HostClock, upstreams: UpstreamClient, environment: Environment, log: HostLog,
    remote: [String: ServiceTransport] = [:], tracer: Tracer? = nil
  ) {
    self.loop = loop
    self.clock = clock
    self.upstreams = upstreams
    self.environment = environment
    self.log = log
    self.tracer = tracer
    inFlight = InFlight(loop)
    quarantine = Quarantine(loop)
    tallies = Tallies(loop)
    directory = ServiceDirectory(loop, remote: remote, log: log)
    lines = Lines(loop)
    noise = LoopLocal(loop, Noise())
  }

  /// A request id for a client that sent none.
  public func newRequestID() -> String {
    ID(at: clock.now, random: (noise.value.next(), noise.value.next())).description
  }

  /// The part of a trace that begins here.
  /// - Parameter caller: where the trace has come from; nil begins one.
  public func newTrace(after caller: Trace? = nil) -> Trace {
    if let caller { return caller.child(random: noise.value.next()) }
    let random = (noise.value.next(), noise.value.next(), noise.value.next())
    return Trace(random: random, isSampled: tracer?.samples(random.1) ?? true)
  }
}
