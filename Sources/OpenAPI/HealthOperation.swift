internal import FunctionKit

/// What every port answers of itself.
enum HealthOperation {
  static let path: JSON = [
    "get": [
      "operationId": "host.health", "tags": ["host"], "summary": "Whether it works",
      "responses": [
        "200": response("Everything can be reached."), "503": response("A database can't be reached."),
        "default": reference("responses", "Problem"),
      ], "security": [],
    ]
  ]

  static let schema: JSON = [
    "type": "object",
    "properties": [
      "status": ["enum": ["ok", "degraded"]], "service": ["type": "string"], "version": ["type": "string"],
      "uptime": ["type": "number", "description": "Seconds."],
      "failing": ["type": "array", "items": ["type": "string"], "description": "Databases that can't be reached."],
      "warnings": [
        "type": "array", "items": ["type": "string"], "description": "What works but needs looking after, in words.",
      ],
      "details": ["type": "object", "description": "What the service says of itself."],
    ], "required": ["status", "service", "version", "uptime"],
  ]

  private static func response(_ description: String) -> JSON {
    [
      "description": .string(description),
      "headers": ["X-Request-Id": reference("headers", "X-Request-Id")],
      "content": ["application/json": ["schema": reference("schemas", "Health")]],
    ]
  }
}
