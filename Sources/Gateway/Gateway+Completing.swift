internal import EventLoop
internal import HTTPServer

extension Gateway {
  /// Adds to each answer what the public door's have in common, whoever made it.
  func complete(_ response: inout Response, to head: RequestHead?, at tag: Int) {
    if doors.value[tag] == .gateway {
      edge.protect(&response, to: head)
      edge.share(&response, to: head)
      if let head { response.code(for: head, with: compressor) }
    }
    putDown(response, to: head, at: tag)
  }
}
