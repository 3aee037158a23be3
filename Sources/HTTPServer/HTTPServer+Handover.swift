public import EventLoop

extension HTTPServer {
  /// Gives a connection that is between two requests to another server; false when that can't take it now. Its bytes
  /// that nobody has read yet go with it.
  public typealias Handover = (_ descriptor: Int32, _ tag: Int) -> Bool

  /// Goes on with a connection that another server has handed over. One too many is closed, as an idle connection may be
  /// at any time, and so is one that speaks plainly where TLS is spoken by now.
  /// - Throws: ``LoopError`` for a descriptor that is no connection.
  public func adopt(_ descriptor: Descriptor, tag: Int = 0) throws(LoopError) {
    guard openConnections < limits.connections, !isDraining, tls[tag] == nil else { return descriptor.close() }
    let stream = try Stream(loop, descriptor: descriptor.number)
    _ = descriptor.release()
    adopted += 1
    accept(stream, tag)
  }

  /// Lets go of every connection that waits for its client: to the other server if there is one, else for good. When
  /// that takes no more, the others have to wait, too.
  func releaseIdle() {
    let idle = deadlines.all.filter { $0.phase == .idle }
    for connection in idle where connection.handover == nil && !connection.awaitsFirst { connection.endIdle() }
    for connection in idle where connection.handover != nil { guard connection.handOver() else { return } }
  }
}

extension Connection {
  /// Who goes on with it after its next answer; nil when nobody does. What TLS has agreed on can't be handed over.
  var handover: HTTPServer.Handover? {
    guard secure == nil, let handover = server.handover, !handover.keeping.contains(tag) else { return nil }
    return handover.send
  }

  /// Gives the connection away, if somebody takes it and nothing of the next request has been read. If nobody does yet,
  /// it is served on here.
  /// - Returns: whether it is gone.
  @discardableResult
  func handOver() -> Bool {
    guard stash.isEmpty, output.isEmpty, stream.pendingBytes == 0, let descriptor = stream.descriptor,
      handover?(descriptor, tag) == true
    else { return false }
    server.handedOver += 1
    close()
    return true
  }
}
