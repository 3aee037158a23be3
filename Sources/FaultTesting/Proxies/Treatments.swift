internal import EventLoop
internal import HTTPClient

extension Exchange {
  /// A call to a provider.
  func call(_ fault: CallFault?) async throws -> HTTPResponse {
    switch fault {
    case nil: return try await forward()
    case .refused: throw BrokenOff()
    case .unanswered:
      _ = try await forward()
      throw BrokenOff()
    case .serverError: return HTTPResponse(status: 500)
    case .tooMany: return HTTPResponse(status: 429)
    case .slow:
      try await loop.sleep(for: .milliseconds(700))
      return try await forward()
    }
  }

  /// A provider's delivery.
  /// - Parameter order: tells when another one has passed.
  func delivery(_ fault: DeliveryFault?, _ order: DeliveryOrder) async throws -> HTTPResponse {
    defer { order.passed() }
    switch fault {
    case nil: return try await forward()
    case .twice:
      async let other = forward()
      let answer = try await forward()
      _ = try await other
      return answer
    case .renamed:
      let answer = try await forward()
      _ = try await forward(dropping: Self.name)
      return answer
    case .late:
      Task(executorPreference: loop) { [self] in
        try await loop.sleep(for: .milliseconds(1500))
        _ = try await forward()
      }
      throw BrokenOff()
    case .overtaken:
      await order.waitForAnother(on: loop)
      return try await forward()
    case .unanswered:
      _ = try await forward()
      throw BrokenOff()
    case .lost: throw BrokenOff()
    }
  }

  /// The header by which a delivery and its repeats are known.
  private static let name = "webhook-id"
}

/// How many deliveries have passed.
final class DeliveryOrder: Sendable {
  private let count: LoopLocal<Int>

  init(_ loop: EventLoop) { count = LoopLocal(loop, 0) }

  func passed() { count.value += 1 }

  /// Waits for the next one, but not for ever: it may be the last.
  func waitForAnother(on loop: EventLoop) async {
    let (before, deadline) = (count.value, loop.now + 1500)
    while count.value == before, loop.now < deadline {
      do { try await loop.sleep(for: .milliseconds(10)) } catch { return }
    }
  }
}
