internal import EventLoop
internal import FunctionKit
internal import HTTPClient
internal import Manifest

/// The way to the processes that run one bundle.
final class Forwarder: Sendable {
  let bundle: RemoteBundle
  private let loop: EventLoop
  let client: HTTPClient
  private let share: LoopLocal<Share>

  /// Long enough together for a process to take the place of one that has ended.
  private static let pauses: [Duration] = [.milliseconds(100), .milliseconds(400), .milliseconds(1400)]

  init(_ bundle: RemoteBundle, _ loop: EventLoop, _ client: HTTPClient) {
    self.bundle = bundle
    self.loop = loop
    self.client = client
    share = LoopLocal(loop, Share(percent: bundle.percent ?? 100))
  }

  func takesNext() -> Bool { share.value.isNextElsewhere() }

  /// Sends it, again and again for a while when that can do no harm and may help. Its timeout is for all of that together.
  /// - Throws: ``HTTPClientError``.
  func send(_ request: HTTPRequest, isRepeatable: Bool) async throws -> HTTPResponse {
    var (request, pauses) = (request, Forwarder.pauses[...])
    let end = loop.now + request.timeout.milliseconds
    while true {
      do { return try await client.send(request) } catch let error as HTTPClientError {
        guard error.isHarmless(isRepeatable), let pause = pauses.popFirst(),
          loop.now + pause.milliseconds < end
        else { throw error }
        try await loop.sleep(for: pause)
        request.timeout = .milliseconds(Int64(max(1, Int(end) - Int(loop.now))))
      }
    }
  }
}

extension HTTPClientError {
  /// Whether the exchange broke off in a way that allows another one.
  func isHarmless(_ isRepeatable: Bool) -> Bool {
    switch code {
    case .connectFailed, .failed: isRepeatable || !mayHaveArrived
    case .timedOut: !mayHaveArrived
    default: false
    }
  }
}
