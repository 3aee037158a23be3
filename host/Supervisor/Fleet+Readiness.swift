import EventLoop
import FunctionKit

extension Fleet {
  /// Why no requests should be sent to this host now, as far as processes are concerned.
  var unreadiness: [FieldError] {
    if state.value.isStopping { return [.stopping] }
    guard let current = state.value.current else {
      return [FieldError(field: "host", message: "has not begun to serve", code: "starting")]
    }
    return current.groups.filter { !$0.role.isOnTrial && serving($0.role) == nil }.map { group in
      FieldError(field: group.role.bundle ?? "host", message: "has no worker that serves", code: "no_worker")
    }
  }
}
