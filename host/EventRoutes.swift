import EventRelay
import FunctionKit
import Gateway
import HTTPServer
import Runtime

/// What operators ask of events: `lakoo events` talks to these.
struct EventRoutes {
  let services: HostServices
  let bundles: [LoadedBundle]
  let dispatcher: Dispatcher

  var adminRoutes: [AdminRoute] {
    [
      AdminRoute(.get, "/events/:bundle/dead") { (input: DeadInput) in
        let limit = input.limit ?? 100
        guard (1...1000).contains(limit) else { throw Problem.invalid("limit", "must be 1 to 1000") }
        return try await Reply(self.deadLetters(input).list(input.filter, limit: limit))
      },
      AdminRoute(.get, "/events/:bundle/dead/count") { (input: DeadInput) in
        try await Reply(Count(count: self.deadLetters(input).count(input.filter)))
      },
      AdminRoute(.post, "/events/:bundle/redrive") { (input: DeadInput) in
        try await Reply(Count(count: self.deadLetters(input).redrive(input.filter)))
      },
      AdminRoute(.post, "/events/:bundle/purge") { (input: DeadInput) in
        try await Reply(Count(count: self.deadLetters(input).purge(input.filter)))
      },
      AdminRoute(.post, "/events/:bundle/:function/replay") { (input: ReplayInput) in
        try await Reply(Count(count: self.replay(input).run(input.range)))
      },
      AdminRoute(.post, "/events/:bundle/:function/rehearse") { (input: ReplayInput) in
        let limit = input.limit ?? 20
        guard (1...1000).contains(limit) else { throw Problem.invalid("limit", "must be 1 to 1000") }
        return try await Reply(self.replay(input).rehearse(input.range, limit: limit))
      },
    ]
  }

  struct Count: Encodable { var count: Int }

  struct DeadInput: Decodable {
    var bundle: String
    var function: String?
    var id: ID?
    var type: String?
    var key: String?
    var since: Instant?
    var until: Instant?
    var limit: Int?

    var filter: DeadLetters.Filter {
      DeadLetters.Filter(function: function, id: id, type: type, key: key, since: since, until: until)
    }
  }

  struct ReplayInput: Decodable {
    var bundle: String
    var function: String
    /// Events that came in at that time or later.
    var since: Instant
    var until: Instant?
    var limit: Int?

    var range: Replay.Range { Replay.Range(since: since, until: until) }
  }

  private func deadLetters(_ input: DeadInput) throws -> DeadLetters {
    let bundle = try bundle(input.bundle)
    if let function = input.function, bundle.function(function) == nil {
      throw Problem(404, "not_found", "Bundle \(bundle.name) has no function \(function).")
    }
    return DeadLetters(of: bundle, services: services, dispatcher: dispatcher)
  }

  private func replay(_ input: ReplayInput) throws -> Replay {
    try Replay(of: input.function, in: bundle(input.bundle), services: services, dispatcher: dispatcher)
  }

  private func bundle(_ name: String) throws -> LoadedBundle {
    guard let bundle = bundles.first(where: { $0.name == name }), bundle.pool != nil else {
      throw Problem(404, "not_found", "This host has no bundle \(name) with a database.")
    }
    return bundle
  }
}
