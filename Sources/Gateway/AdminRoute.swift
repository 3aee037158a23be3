public import FunctionKit
public import HTTPServer
internal import Manifest

/// A route of the admin port that another part of the host answers, in the way an endpoint does.
public struct AdminRoute: Sendable {
  let method: Method
  let segments: [Route.Segment]
  let answer: @Sendable (EndpointRequest) async throws -> RawReply

  /// - Parameter path: a part that begins with a colon is a parameter: `/crons/:bundle/:function`.
  public init<Input: Decodable & SendableMetatype, Output: ReplyConvertible & SendableMetatype>(
    _ method: Method, _ path: String, answer: @escaping @Sendable (Input) async throws -> Output
  ) {
    self.method = method
    segments = path.split(separator: "/").map { part in
      part.hasPrefix(":") ? .parameter(String(part.dropFirst())) : .literal(String(part))
    }
    self.answer = { request in
      let body: JSON? = try request.body.isEmpty ? .none : JSON.parse(request.body)
      let decoder = InputDecoder(path: request.path, query: request.query, body: body)
      return try await answer(decoder.decode(Input.self)).reply()
    }
  }
}
