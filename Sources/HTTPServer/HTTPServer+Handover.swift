public import EventLoop

extension HTTPServer {
  /// Gives a connection that is between two requests to another server; false when that can't take it now. Its bytes
  /// that nobody has read yet go with it.
  public typealias Handover = (_ descriptor: Int32, _ tag: Int) -> Bool

  /// Goes on with a connection that another server has handed over. One too many is closed, as an idle connection may be
  /// at any time.
  /// - Throws: ``LoopError`` for a descriptor that is no connection.
  public func adopt(_ descriptor: Descriptor, tag: Int = 0) throws(LoopError) {
    guard openConnections < limits.connections, !isDraining else { return descriptor.close() }
    let stream = try Stream(loop, descriptor: descriptor.number)
    _ = descriptor.release()
    adopted += 1
    accept(stream, tag)
  }

  /// Lets go of every connection that waits for its client: to the other server if there is one, else for good.
  func releaseIdle() {
    for connection in deadlines.all where connection.phase == .idle {
      if handover == nil { connection.close() } else { connection.settle() }
    }
  }
}

extension Connection {
  /// Gives the connection away, if somebody takes it and nothing of the next request has been read. If nobody does yet,
  /// it is served on here.
  func handOver(_ handover: HTTPServer.Handover) {
    guard stash.isEmpty, output.isEmpty, stream.pendingBytes == 0, let descriptor = stream.descriptor,
      handover(descriptor, tag)
    else { return }
    server.handedOver += 1
    close()
  }
}
