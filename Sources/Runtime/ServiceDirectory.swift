internal import EventLoop
public import FunctionKit

/// Where each service is, and how it has been doing.
public final class ServiceDirectory: Sendable {
  private let remote: [String: ServiceTransport]
  private let hosted: LoopLocal<[String: ServiceTransport]>
  private let breakers: LoopLocal<[String: CircuitBreaker]>
  private let loop: EventLoop
  private let log: HostLog

  /// - Parameter remote: the services that are somewhere else, even if their bundles are here as well.
  init(_ loop: EventLoop, remote: [String: ServiceTransport], log: HostLog) {
    self.loop = loop
    self.remote = remote
    self.log = log
    hosted = LoopLocal(loop, [:])
    breakers = LoopLocal(loop, [:])
  }

  /// Notes the services that this process answers for.
  public func host(_ names: [String], _ transport: ServiceTransport) {
    for name in names { hosted.value[name] = transport }
  }

  /// Whether there is a way to the service, be it up or not.
  public func knows(_ name: String) -> Bool { remote[name] != nil || hosted.value[name] != nil }

  /// Whether calls of a service are refused for now, for each that has been called over HTTP.
  public var pauses: [String: Bool] {
    breakers.value.mapValues { if case .closed = $0.state { false } else { true } }
  }

  /// - Throws: ``ServiceError`` when no answer came.
  public func send(_ exchange: ServiceExchange) async throws -> RawReply {
    if let transport = remote[exchange.service] { return try await send(exchange, over: transport) }
    guard let transport = hosted.value[exchange.service] else {
      throw ServiceError(
        exchange.service, 503, "service_unavailable",
        "The \(exchange.service) service is not part of this deployment.", mayHaveActed: false)
    }
    return try await transport.send(exchange)
  }

  private func send(_ exchange: ServiceExchange, over transport: ServiceTransport) async throws -> RawReply {
    let name = exchange.service
    guard let ticket = breakers.value[name, default: CircuitBreaker()].admit(at: loop.now) else {
      throw ServiceError(
        name, 503, "service_unavailable",
        "The \(name) service has failed again and again and is given a pause. Try again in a moment.",
        mayHaveActed: false)
    }
    do {
      let reply = try await transport.send(exchange)
      record(reply.isFailure ? .failed : .answered, ticket, name)
      return reply
    } catch {
      record(error is ServiceError ? .failed : .abandoned, ticket, name)
      throw error
    }
  }

  private func record(_ outcome: CircuitBreaker.Outcome, _ ticket: CircuitBreaker.Ticket, _ name: String) {
    let before = breakers.value[name, default: CircuitBreaker()].state
    breakers.value[name]?.record(outcome, of: ticket, at: loop.now, chance: .random(in: 0...1))
    switch (before, breakers.value[name]?.state) {
    case (.open, .open), (.closed, .closed): break
    case (_, .open(let until)):
      log.host(.warning, "service \(name) does not answer; calls are refused for \(until - min(until, loop.now)) ms")
    case (.probing, .closed): log.host(.info, "service \(name) answers again")
    default: break
    }
  }
}

extension RawReply {
  /// Whether it says that the service is not well. A chain of calls that went in a circle is the callers' doing.
  fileprivate var isFailure: Bool { status >= 500 && status != 508 }
}
