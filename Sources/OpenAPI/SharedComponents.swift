internal import FunctionKit

/// Headers and ways to prove who one is, which all routes share.
enum SharedComponents {
  static let headers: JSON = [
    "X-Request-Id": header("The request's own id when it sent one, else a new one; log lines have it."),
    "traceparent": header("W3C Trace Context: the span of this invocation."),
    "ETag": header("The version of what is shown."),
    "Idempotency-Replayed": header("true for an answer that was given before."),
    "Retry-After": ["description": "Seconds until it is worth another try.", "schema": ["type": "integer"]],
  ]

  private static func header(_ description: String) -> JSON {
    ["description": .string(description), "schema": ["type": "string"]]
  }

  static func securitySchemes(_ audience: Audience) -> [(String, JSON)] {
    switch audience {
    case .public: [("token", ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"])]
    case .service:
      [
        ("gatewayKey", key("x-gateway-key", "Proves that the gateway has verified what the x-user headers say.")),
        ("userId", key("x-user-id", "The signed-in user, a UUID.")),
        ("userRole", key("x-user-role", "The user's role; user when it is not said.")),
        ("internalKey", key("x-internal-api-key", "Proves that another service calls.")),
      ]
    }
  }

  private static func key(_ header: String, _ description: String) -> JSON {
    ["type": "apiKey", "in": "header", "name": .string(header), "description": .string(description)]
  }
}
