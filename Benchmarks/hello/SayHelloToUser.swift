import FunctionKit

/// The same as ``SayHello`` for signed-in users, so that the difference is what it costs to believe them.
struct SayHelloToUser: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Bare<SayHello.Greeting> {
    Bare(SayHello.Greeting(message: "hello", ok: true))
  }
}
