import EventLoop
import FunctionKit
import Gateway
import Manifest
import RateLimits

extension Fleet {
  /// Reads a worker's last words.
  func hear(_ worker: WorkerHandle, reports: Stream, releases: [String: String]) {
    worker.keep(
      CrashLog(worker, reports, releases: releases, log: log, loop: loop) { [crashes] in
        crashes.crashed($0, isOnTrial: worker.role.isOnTrial, isAnswered: false)
      })
  }

  /// Starts the process of a worker and gives it its order.
  func launch(_ generation: Generation, _ group: WorkerGroup, id: Int) throws -> (WorkerHandle, Stream) {
    let (mine, its) = try Descriptor.socketPair()
    defer { its.close() }
    let reports = try Descriptor.pipe()
    defer { reports.writing.close() }
    let inherited = listeners(generation, group)
    let order = WorkerOrder(
      id: id, generation: generation.number, root: group.root, releases: group.releases, role: group.role,
      remotes: group.role == .front ? remotes(generation) : [],
      listeners: inherited.enumerated().map { index, socket in
        WorkerOrder.Inherited(door: socket.door.word, descriptor: Descriptors.listeners + Int32(index))
      },
      socket: socketDirectory.path(id), clockShift: state.value.clockShift, quarantined: crashes.quarantined,
      certificate: certificate.last(generation.host.tls))
    var spawn = Spawn(executable: "/proc/self/exe", arguments: ["worker"])
    spawn.descriptors = [
      (its.number, Descriptors.control), (reports.writing.number, Descriptors.crashReports),
      (handover.sending.number, Descriptors.handoverSending),
      (handover.receiving.number, Descriptors.handoverReceiving),
      (rateLimits.descriptor.number, Descriptors.rateLimits),
    ]
    for (index, socket) in inherited.enumerated() {
      spawn.descriptors.append((socket.descriptor, Descriptors.listeners + Int32(index)))
    }
    spawn.limits = group.limits
    spawn.environment = settings.variables.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let processID = try spawn.start()
    let stream = try Stream(loop, descriptor: mine.release())
    stream.write(try encodeJSON(order) + [UInt8(ascii: "\n")])
    let worker = WorkerHandle(order, processID: processID, loop)
    try hear(worker, reports: Stream(loop, descriptor: reports.reading.release()), releases: group.releases)
    return (worker, stream)
  }
}
