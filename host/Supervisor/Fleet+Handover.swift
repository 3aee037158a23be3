import EventLoop
import Gateway
import Manifest

extension Fleet {
  /// Goes on with the workers of the program before; those that serve do so until others have taken their place.
  func adopt(_ left: SupervisorHandover, _ generation: Generation) throws {
    sockets.adopt(left.sockets.filter { $0.path == nil }, at: settings.address)
    for socket in left.sockets {
      guard let path = socket.path else { continue }
      state.value.groupSockets[path] = BoundSocket(adopting: socket.descriptor, on: .unix(path: path))
    }
    state.value.lastID = left.lastID
    state.value.current = generation
    for record in left.workers {
      let worker = WorkerHandle(adopting: record, loop)
      let releases = generation.group(worker.role)?.releases ?? [:]
      hear(worker, reports: try Stream(loop, descriptor: record.reports), releases: releases)
      take(worker, try Stream(loop, descriptor: record.control))
      // A spare one that nobody will ask to serve, or one that drains anyway.
      if !record.isServing {
        worker.send(.drain(milliseconds: generation.host.drain.milliseconds, handsOver: true))
      }
    }
  }

  /// What the program that takes this one's place is to listen on.
  var handedOverSockets: [SupervisorHandover.Socket] {
    sockets.handedOver
      + state.value.groupSockets.map {
        SupervisorHandover.Socket(door: Door.local.word, port: 0, path: $0, descriptor: $1.descriptor)
      }
  }
}
