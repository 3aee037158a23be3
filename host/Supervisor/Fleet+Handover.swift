import EventLoop

extension Fleet {
  /// Goes on with the workers of the program before; those that serve do so until others have taken their place.
  func adopt(_ left: SupervisorHandover, _ generation: Generation) throws {
    sockets.adopt(left.sockets)
    state.value.lastID = left.lastID
    state.value.current = generation
    for record in left.workers {
      let worker = WorkerHandle(adopting: record, loop)
      hear(worker, reports: try Stream(loop, descriptor: record.reports), releases: generation.releases)
      take(worker, try Stream(loop, descriptor: record.control))
    }
  }
}
