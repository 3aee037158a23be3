public import FunctionKit
public import HTTPClient

/// How requests leave the host: for real, or in a test's imagination.
public struct UpstreamClient: Sendable {
  /// Sends a request to a URL within a time.
  /// - Throws: ``UpstreamError`` when no answer came.
  public var send:
    @Sendable (_ request: UpstreamRequest, _ url: String, _ timeout: Duration) async throws -> UpstreamResponse

  public init(
    send:
      @escaping @Sendable (_ request: UpstreamRequest, _ url: String, _ timeout: Duration) async throws ->
      UpstreamResponse
  ) { self.send = send }

  public static func live(_ client: HTTPClient) -> UpstreamClient {
    UpstreamClient { request, url, timeout in
      do {
        let response = try await client.send(
          HTTPRequest(
            method: request.method, url: url, headers: request.headers.map { ($0.name, $0.value) }, body: request.body,
            timeout: timeout))
        return UpstreamResponse(status: response.status, headers: response.headers, body: response.body)
      } catch let error as HTTPClientError {
        throw UpstreamError(message: error.message, mayHaveArrived: error.mayHaveArrived)
      }
    }
  }
}
