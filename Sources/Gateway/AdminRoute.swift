public import FunctionKit
public import HTTPServer
internal import Manifest

/// A route of the admin port that another part of the host answers, in the way an endpoint does.
public struct AdminRoute: Sendable {
  let method: Method
  let segments: [Route.Segment]
  let bodyLimit: Int
  let answer: @Sendable (EndpointRequest) async throws -> RawReply

  /// - Parameter path: a part that begins with a colon is a parameter: `/crons/:bundle/:function`.
  public init<Input: Decodable & SendableMetatype, Output: ReplyConvertible & SendableMetatype>(
    _ method: Method, _ path: String, answer: @escaping @Sendable (Input) async throws -> Output
  ) {
    self.method = method
    segments = AdminRoute.segments(path)
    bodyLimit = RouteAction.ownLimit
    self.answer = { request in
      let body: JSON? = try request.body.isEmpty ? .none : JSON.parse(request.body)
      let decoder = InputDecoder(path: request.path, query: request.query, body: body)
      return try await answer(decoder.decode(Input.self)).reply()
    }
  }

  /// A route that takes a body as it is, such as a file.
  /// - Parameter bodyLimit: bytes; whoever has no token is held to what other routes take.
  public init<Output: ReplyConvertible & SendableMetatype>(
    _ method: Method, _ path: String, bodyLimit: Int,
    answer: @escaping @Sendable (EndpointRequest) async throws -> Output
  ) {
    self.method = method
    segments = AdminRoute.segments(path)
    self.bodyLimit = bodyLimit
    self.answer = { try await answer($0).reply() }
  }

  private static func segments(_ path: String) -> [Route.Segment] {
    path.split(separator: "/").map { part in
      part.hasPrefix(":") ? .parameter(String(part.dropFirst())) : .literal(String(part))
    }
  }
}
