internal import EventLoop
internal import FunctionKit

/// The function trapped, so nothing that it was about to do will be done.
public struct FunctionCrashed: Error, Sendable, CustomStringConvertible {
  let function: String
  let requestID: String
  let signal: Int32

  public var description: String {
    "\(function) crashed (signal \(signal)); the report of the crash tells where, and the lines before it often why"
  }

  /// What its caller hears.
  var problem: Problem {
    Problem(
      500, "function_crashed", "\(function) crashed. The log tells more under request id \(requestID).")
  }
}

extension Invocation {
  /// Does all that the function's task would have done at its end, since that never comes: lets go of its transactions,
  /// its place in the line and its caller.
  func crash(_ error: FunctionCrashed) {
    let tell = state.value.onCrash
    let task = state.value.task
    finish()
    for session in state.value.opened + [untracedSession as? TransactionSession].compactMap({ $0 }) {
      session.abandon()
    }
    leavePlace()
    task?.cancel()
    tell?(error)
  }

  /// Puts down how an endpoint's function ended, and gives the answer.
  func answer(_ crash: FunctionCrashed) -> Problem {
    services.log.finished(self, outcome: "500 \(crash.problem.code)", error: crash.description)
    return crash.problem
  }
}
