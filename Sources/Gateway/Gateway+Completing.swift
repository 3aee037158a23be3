internal import EventLoop
internal import HTTPServer

extension Gateway {
  /// Adds to each answer what the public door's have in common, whoever made it.
  func complete(_ response: inout Response, to head: RequestHead?, at tag: Int, overTLS: Bool) {
    guard doors.value[tag] == .gateway else { return }
    edge.protect(&response, to: head, overTLS: overTLS)
    edge.share(&response, to: head)
    if let head { response.code(for: head, with: compressor) }
  }
}
