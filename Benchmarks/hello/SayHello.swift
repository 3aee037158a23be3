import FunctionKit

/// The least that an endpoint can do.
struct SayHello: Endpoint {
  struct Greeting: Codable, Sendable {
    var message: String
    var ok: Bool
  }

  func handle(_ input: Nothing, context: Context) async throws -> Bare<Greeting> {
    Bare(Greeting(message: "hello", ok: true))
  }
}
