public import FunctionKit
internal import Telemetry

/// The ways out of an invocation, each of which carries its trace on.
extension Invocation {
  public func send(_ request: UpstreamRequest) async throws -> UpstreamResponse {
    guard !isRehearsal else {
      throw NotGranted("\(function.name) called \(request.upstream), which a rehearsal must not")
    }
    let url = try baseURL(of: request.upstream) + request.path
    let span = outgoing("\(request.method) \(request.upstream)")
    var request = request
    if !request.headers.contains(where: { $0.name.lowercased() == "traceparent" }) {
      request.headers += (span?.trace ?? trace).headers.map { (name: $0, value: $1) }
    }
    do {
      let response = try await services.upstreams.send(request, url, min(request.timeout, remaining))
      span?.end(request.method, to: request.upstream, url, status: response.status, nil)
      return response
    } catch {
      span?.end(request.method, to: request.upstream, url, status: nil, error)
      throw error
    }
  }

  /// Begins a span for what somebody else is asked; nil when nobody collects it.
  func outgoing(_ name: String) -> OpenSpan? { recording?.part(name) }
}

extension OpenSpan {
  /// - Parameter url: what follows its question mark, and may be a secret, is not told.
  func end(_ method: String, to peer: String, _ url: String, status: Int?, _ error: (any Error)?) {
    end(
      [
        ("http.request.method", .text(method)), ("service.peer.name", .text(peer)),
        ("url.full", .text(String(url.prefix { $0 != "?" }))),
      ] + (status.map { [("http.response.status_code", .number($0))] } ?? []),
      failure: error.map { "\(type(of: $0))" } ?? status.flatMap { $0 >= 400 ? "\($0)" : nil })
  }

  func end(_ exchange: ServiceExchange, _ result: Result<RawReply, any Error>) {
    switch result {
    case .success(let reply):
      end(exchange.method, to: exchange.service, exchange.target, status: reply.status, nil)
    case .failure(let error): end(exchange.method, to: exchange.service, exchange.target, status: nil, error)
    }
  }
}

extension Trace {
  /// What a request says of the trace that it belongs to.
  var headers: [(String, String)] {
    [("traceparent", description)] + (state.isEmpty ? [] : [("tracestate", state)])
  }
}
