import EventLoop
import Gateway

/// The listening sockets of the host. They are bound once and outlive every worker, so that a port is never closed while
/// workers come and go: who connects meanwhile waits in the kernel's line.
final class Sockets: Sendable {
  struct Place: Hashable, Sendable {
    let door: Door
    let port: Int
  }

  private let bound: LoopLocal<[Place: BoundSocket]>

  init(_ loop: EventLoop) { bound = LoopLocal(loop, [:]) }

  /// Binds what is missing of a deployment's ports; those of the one before stay.
  /// - Throws: ``Refusal`` that names the port; nothing new is bound then.
  func bind(_ ports: Ports) throws {
    var new: [Place: BoundSocket] = [:]
    do {
      for (door, port) in ports.doors where door != .admin && bound.value[Place(door: door, port: port)] == nil {
        new[Place(door: door, port: port)] = try ports.bind(door)
      }
    } catch {
      for socket in new.values { socket.close() }
      throw error
    }
    bound.value.merge(new) { $1 }
  }

  /// What the program that takes this one's place is to keep.
  var handedOver: [SupervisorHandover.Socket] {
    bound.value.map { SupervisorHandover.Socket(door: $0.door.word, port: $0.port, descriptor: $1.descriptor) }
  }

  func adopt(_ sockets: [SupervisorHandover.Socket]) {
    for socket in sockets {
      bound.value[Place(door: Door(word: socket.door), port: socket.port)] = BoundSocket(adopting: socket.descriptor)
    }
  }

  /// Lets go of what a deployment does not use.
  func keep(_ ports: Ports) {
    let used = Set(ports.doors.map { Place(door: $0.door, port: $0.port) })
    for (place, socket) in bound.value where !used.contains(place) {
      socket.close()
      bound.value[place] = nil
    }
  }

  /// What a worker inherits, in the order of the doors.
  func descriptors(_ ports: Ports) -> [(door: Door, descriptor: Int32)] {
    ports.doors.compactMap { door, port in
      bound.value[Place(door: door, port: port)].map { (door, $0.descriptor) }
    }
  }

  func close() {
    for socket in bound.value.values { socket.close() }
    bound.value = [:]
  }
}
