internal import EventLoop
internal import FunctionKit
internal import HTTPServer

extension Gateway {
  /// A request between processes of this host goes on as at the door that it names; without a name, the admin's.
  func enter(_ head: RequestHead) {
    let door = head.headers.first(Door.header).map(Door.init(word:)) ?? .admin
    if let tag = doorTag(of: door) { head.move(to: tag) }
  }

  /// A request without a body is looked at once, when it is whole.
  func look(at head: RequestHead) -> HeadDecision {
    guard head.contentLength != 0 else { return .accept(bodyLimit: 0) }
    switch match(head) {
    case .found(let target, _):
      if let refusal = refusal(target.action.limits.early, head) { return .reject(refusal) }
      if let refusal = target.action.takes.refusal(head.headers) { return .reject(response(to: head, refusal)) }
      guard !isStrangersFile(target.action, head) else { return .reject(response(to: head, .unauthenticated)) }
      let limit = target.action.bodyLimit
      guard (head.contentLength ?? 0) <= limit else { return .reject(response(to: head, Gateway.tooLarge(limit))) }
      return .accept(bodyLimit: limit)
    case .wrongMethod(let allowed): return .reject(refusal(edge.limits.early, head) ?? wrongMethod(head, allowed))
    case .none:
      if let refusal = refusal(edge.limits.early, head) { return .reject(refusal) }
      if fallback(at: head.tag) != nil { return .accept(bodyLimit: RouteAction.ownLimit) }
      return .reject(response(to: head, Gateway.noRoute))
    }
  }

  /// A stranger may not make the host hold a file for it.
  private func isStrangersFile(_ action: RouteAction, _ head: RequestHead) -> Bool {
    guard case .host(_, let limit) = action, limit > RouteAction.ownLimit else { return false }
    return !admission.isAdmin(head.headers)
  }
}
