internal import FunctionKit
internal import Manifest

/// When a call is tried again.
enum ServiceRetry {
  static let mostRetries = 5
  static let pauses = RetryPolicy(minBackoff: .milliseconds(50), maxBackoff: .seconds(1), jitter: 50)

  /// How long to wait before the next try; nil when the result is final.
  static func pause(
    after result: Result<RawReply, any Error>, attempt: Int, of request: ServiceRequest, chance: Double
  ) -> Duration? {
    guard attempt <= min(request.retries, mostRetries), isTemporary(result, request) else { return nil }
    return pauses.delay(afterAttempt: attempt, chance: chance)
  }

  private static func isTemporary(_ result: Result<RawReply, any Error>, _ request: ServiceRequest) -> Bool {
    let isRepeatable = request.method == .get || request.key != nil
    switch result {
    case .success(let reply):
      return isRepeatable && ([502, 503, 504].contains(reply.status) || isStillRunning(reply, request))
    case .failure(let error as ServiceError):
      return error.status == 504 && isRepeatable
        || error.code == "service_unreachable" && (isRepeatable || !error.mayHaveActed)
    case .failure: return false
    }
  }

  /// An earlier try, whose answer was lost, is still being worked on under the same key.
  private static func isStillRunning(_ reply: RawReply, _ request: ServiceRequest) -> Bool {
    guard reply.status == 409, request.key != nil else { return false }
    return (try? JSON.parse(reply.body))?["code"]?.string == "idempotency_in_progress"
  }

  /// The key, when it can stand in a header.
  static func checked(_ key: String, _ request: ServiceRequest) throws(ServiceError) -> String {
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw ServiceError(
        request.service, 400, "invalid_idempotency_key", "An Idempotency-Key has 1 to 255 printable ASCII characters.",
        mayHaveActed: false)
    }
    return key
  }
}
