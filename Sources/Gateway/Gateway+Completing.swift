internal import EventLoop
internal import HTTPServer
internal import Runtime

extension Gateway {
  /// Adds to each answer what the public door's have in common, whoever made it.
  func complete(_ response: inout Response, to head: RequestHead?, at tag: Int) {
    count(response, to: head, at: tag)
    if doors.value[tag] == .gateway {
      edge.protect(&response, to: head)
      edge.share(&response, to: head)
      if let head { response.code(for: head, with: compressor) }
    }
    putDown(response, to: head, at: tag)
  }

  private func count(_ response: Response, to head: RequestHead?, at tag: Int) {
    let milliseconds = head.map { services.loop.now - $0.arrivedAt } ?? 0
    requests.add(
      at: tag, route: head?.note.route, status: response.status, refusal: head?.note.refusal,
      milliseconds: milliseconds)
  }

  /// The route that takes the request, which is put down for those who count.
  func match(_ head: RequestHead) -> RouteTable.Match {
    let match = tables.value[head.tag].match(head.method, head.pathBytes)
    if case .found(let target, _) = match { head.note.route = target.number }
    return match
  }
}
