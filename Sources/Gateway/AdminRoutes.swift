internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime

extension Gateway {
  /// The port of those who run the host: every route but health asks for the admin token.
  func adminTable() -> RouteTable {
    var table = withHealth(RouteTable(), of: bundles, named: "host")
    table.add(.get, [.literal("clock")], guarded { [self] _ in clockReply() })
    if !services.environment.isProduction {
      table.add(.post, [.literal("clock"), .literal("advance")], guarded { [self] in try advanceClock($0) })
    }
    return table
  }

  private func guarded(_ answer: @escaping @Sendable (Request) throws -> RawReply) -> RouteAction {
    .host { [self] request in
      do {
        guard admission.isAdmin(request.headers) else { throw Problem.unauthenticated }
        return try answer(request)
      } catch {
        let problem = error as? Problem ?? Problem(500, "internal_error", "The host could not do this: \(error)")
        return RawReply(problem: problem, instance: request.path)
      }
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
  private func advanceClock(_ request: Request) throws -> RawReply {
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
