internal import FunctionKit
internal import HTTPServer
internal import Manifest
private import Postgres
internal import Runtime

extension Gateway {
  /// The port of those who run the host: every route but health asks for the admin token.
  func adminTable() -> RouteTable {
    var table = adminFallback == nil ? withHealth(RouteTable(), of: bundles, named: "host") : RouteTable()
    table.add(.get, [.literal("clock")], guarded { [self] _ in clockReply() })
    if !services.environment.isProduction {
      table.add(.post, [.literal("clock"), .literal("advance")], guarded { [self] in try advanceClock($0) })
    }
    for route in adminRoutes {
      table.add(route.method, route.segments, guarded(route.answer, bodyLimit: route.bodyLimit))
    }
    return table
  }

  private func guarded(
    _ answer: @escaping @Sendable (EndpointRequest) async throws -> RawReply, bodyLimit: Int = RouteAction.ownLimit
  ) -> RouteAction {
    let guarded: @Sendable (Request, [(name: String, value: String)]) async -> RawReply = { [self] request, path in
      do {
        guard admission.isAdmin(request.headers) else { throw Problem.unauthenticated }
        let query = try RequestParts.query(request.head.queryBytes)
        return try await answer(EndpointRequest(path: path, query: query, body: request.body))
      } catch {
        return RawReply(problem: Gateway.adminProblem(error), instance: request.path)
      }
    }
    return .host(guarded, bodyLimit: bodyLimit)
  }

  /// Operators are told the cause, which callers of functions are not.
  private static func adminProblem(_ error: any Error) -> Problem {
    switch error {
    case let problem as Problem: problem
    case let failure as ValidationFailure: Problem.validation(failure.errors)
    case let error as JSONSyntaxError:
      Problem(
        400, "invalid_json",
        "The body is not valid JSON: \(error.message) at line \(error.line), column \(error.column).")
    case let error as DatabaseError where error.isUnavailable:
      Problem(503, "database_unavailable", "The database can't be used right now: \(error.message)")
    default: Problem(500, "internal_error", "The host could not do this: \(error)")
    }
  }

  private struct Clock: Encodable {
    var now: Instant
    /// How far it has been moved.
    var shiftSeconds: Int64
  }

  private func clockReply() -> RawReply {
    let clock = Clock(now: services.clock.now, shiftSeconds: services.clock.shift.components.seconds)
    return RawReply(body: (try? encodeJSON(clock)) ?? [])
  }

  private struct Advance: Decodable { var seconds: Int }

  /// Moves the host's clock forward, in development only: `{"seconds": 86400}`.
  private func advanceClock(_ request: EndpointRequest) throws -> RawReply {
    let advance: Advance
    do {
      advance = try decodeJSON(Advance.self, from: request.body)
    } catch {
      throw Problem(422, "validation_failed", #"Send how far to move the clock, such as {"seconds": 3600}."#)
    }
    guard (0...315_360_000).contains(advance.seconds) else {
      throw Problem.invalid("seconds", "must be 0 to 315360000: the clock only moves forward")
    }
    services.clock.advance(by: .seconds(advance.seconds))
    return clockReply()
  }
}
