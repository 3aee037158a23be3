import EventLoop
import Gateway
import Glibc

/// Workers that others hand requests to listen on Unix sockets, one for all workers of a group.
extension Fleet {
  /// Binds the sockets of a generation's groups.
  func bindGroups(_ generation: Generation) throws {
    for group in generation.groups where group.role != .front {
      let path = path(generation.number, group.role)
      state.value.groupSockets[path] = try BoundSocket(on: .unix(path: path))
    }
  }

  /// Lets go of the sockets of generations that have no workers any more.
  func closeGroupSockets() {
    let numbers = Set(workers.map(\.generation) + (state.value.current.map { [$0.number] } ?? []))
    for (path, socket) in state.value.groupSockets where !numbers.contains(where: { path.hasPrefix(prefix($0)) }) {
      socket.close()
      socketDirectory.remove(path)
      state.value.groupSockets[path] = nil
    }
  }

  private func prefix(_ generation: Int) -> String { "\(socketDirectory.folder)/g\(generation)-" }

  private func path(_ generation: Int, _ role: WorkerRole) -> String {
    "\(prefix(generation))\(role.bundle ?? "")\(role.isOnTrial ? "-candidate" : "")"
  }

  /// What a worker of the group accepts on.
  func listeners(_ generation: Generation, _ group: WorkerGroup) -> [(door: Door, descriptor: Int32)] {
    guard group.role != .front else {
      return sockets.descriptors(Ports(settings, generation.host, generation.bundles))
    }
    return state.value.groupSockets[path(generation.number, group.role)].map { [(.local, $0.descriptor)] } ?? []
  }

  /// Where the workers with the ports find the others.
  func remotes(_ generation: Generation) -> [WorkerOrder.Remote] {
    generation.groups.compactMap { group in
      group.role.bundle.map {
        WorkerOrder.Remote(
          bundle: $0, root: group.root, socket: path(generation.number, group.role), percent: group.percent)
      }
    }
  }

  /// Tells the workers whom it concerns what another one has done.
  func pass(_ news: News) {
    if !news.emitted.isEmpty { serving(.front)?.send(.news(News(emitted: news.emitted))) }
    for bundle in news.received {
      (serving(.dedicated(bundle)) ?? serving(.front))?.send(.news(News(received: [bundle])))
    }
  }

  /// Any of the workers that do the same.
  func serving(_ role: WorkerRole) -> WorkerHandle? {
    workers.filter { $0.phase == .serving && $0.role == role && $0.generation == state.value.current?.number }
      .randomElement()
  }
}
