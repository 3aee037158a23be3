internal import FunctionKit

/// The refusals that all routes share.
enum ProblemComponents {
  static let schemas: [(String, JSON)] = [
    (
      "Problem",
      [
        "type": "object", "description": "RFC 9457, with a code for programs to branch on.",
        "properties": [
          "type": ["type": "string", "format": "uri-reference"], "title": ["type": "string"],
          "status": ["type": "integer", "minimum": 400, "maximum": 599], "detail": ["type": "string"],
          "instance": ["type": ["string", "null"]], "code": ["type": "string"], "success": ["const": false],
          "error": ["type": "string", "description": "The same as detail."],
          "details": ["type": "array", "items": reference("schemas", "FieldError")],
        ],
        "required": ["type", "title", "status", "detail", "instance", "code", "success", "error", "details"],
      ]
    ),
    (
      "FieldError",
      [
        "type": "object", "description": "One field that does not hold what it should.",
        "properties": ["field": ["type": "string"], "message": ["type": "string"], "code": ["type": "string"]],
        "required": ["field", "message", "code"],
      ]
    ),
  ]

  static let responses: [(String, JSON)] =
    causes.map { ("Problem\($0)", response($1, retry: $0 == "429" || $0 == "503")) }
    + [("Problem", response("Any other refusal or failure; the code tells which.", retry: false))]

  private static let causes = [
    ("400", "What was sent can't be read: bad_request, invalid_json, invalid_cursor, idempotency_key_required."),
    ("401", "unauthenticated: the credentials are missing or wrong."),
    ("403", "forbidden: the caller's role does not allow it."),
    ("404", "not_found: there is no such thing, or it is not the caller's."),
    ("409", "invalid_state: the change is not possible now; idempotency_in_progress: the first request still runs."),
    ("412", "stale_version: it was changed meanwhile."), ("413", "body_too_large: the body is over the route's limit."),
    ("415", "unsupported_media_type: the body is not sent as application/json."),
    ("422", "validation_failed, with every field that does not hold what it should; idempotency_key_reused."),
    ("428", "precondition_required: the route needs If-Match."),
    ("429", "rate_limited: too many requests; try again later."),
    ("500", "internal_error or function_crashed: the log tells why under the request's id."),
    ("503", "overloaded, database_unavailable, service_unavailable or shutting_down: try again in a moment."),
    ("504", "function_timeout: there was no answer in time."),
  ]

  private static func response(_ description: String, retry: Bool) -> JSON {
    var headers: JSONObject = ["X-Request-Id": reference("headers", "X-Request-Id")]
    if retry { headers["Retry-After"] = reference("headers", "Retry-After") }
    return [
      "description": .string(description), "headers": .object(headers),
      "content": ["application/problem+json": ["schema": reference("schemas", "Problem")]],
    ]
  }
}
