import FaultTesting
import Foundation
import FunctionKit
import Synchronization

/// A request that is on its way, in a thread of its own.
final class PendingReply: Sendable {
  private let result = Mutex<Result<HTTP.Reply, any Error>?>(nil)

  init(_ send: @escaping @Sendable () throws -> HTTP.Reply) {
    Thread.detachNewThread { [self] in
      let result = Result { try send() }
      self.result.withLock { $0 = result }
    }
  }

  /// Waits for the answer.
  func get() throws -> HTTP.Reply {
    while true {
      if let result = result.withLock({ $0 }) { return try result.get() }
      usleep(5_000)
    }
  }
}

extension RunningHost {
  /// Sends a request that takes as long as there is no money, and waits until it has begun.
  func longCall() async throws -> PendingReply {
    let call = PendingReply { try HTTP.get(self.port(.crash), "/await") }
    let running: SQL = "select count(*)::int from pg_stat_activity where query like '%from till, pg_sleep%'"
    try await waitUntil("the request is under way") { try await value(in: "crash", running) > 1 }
    return call
  }
}
