internal import EventLoop
internal import FunctionTesting
internal import Postgres

/// Puts a stage together: databases, proxies, and a host that is told of them.
struct Staging {
  let loop: EventLoop
  let seed: UInt64
  let places: FaultPlaces
  let host: RunningHost
  let course: LoopLocal<FaultCourse>

  func build() async throws -> Stage {
    var proxies = Proxies()
    var addresses: [String: String] = [:]
    if !places.databases.isEmpty {
      let server = try await TestCluster.shared.server()
      for (bundle, database) in host.project.databases.sorted(by: { $0.key < $1.key }) {
        addresses[bundle] = try await prepare(bundle, database, on: server, &proxies)
      }
    }
    for (name, faults) in places.upstreams { try place(name, faults, &proxies) }
    do { try await blocking { [host] in try host.start() } } catch {
      host.cleanUp()
      throw error
    }
    if addresses.isEmpty { addresses = try host.project.databases.mapValues(host.embeddedDatabase) }
    return Stage(loop, seed: seed, host, course, WorldDatabases(loop, addresses), proxies)
  }

  /// Makes a bundle's database, and tells the host the way to it. Returns the way past the proxy.
  private func prepare(
    _ bundle: String, _ database: String, on server: TestServer, _ proxies: inout Proxies
  ) async throws -> String {
    let name = "\(database)_\(host.portBase)"
    let address = server.address(of: name, in: server.socketDirectory)
    try await AdminConnection.createDatabaseIfMissing(loop, connectionString: address)
    let variable = host.project.variable(bundle, "DATABASE_URL")
    guard places.databases.contains(bundle) else {
      host.set(variable, to: address)
      return address
    }
    let folder = try host.makeFolder(bundle)
    let proxy = try DatabaseProxy(
      loop, database: bundle, on: "\(folder)/\(TestServer.socketName)", to: server.socket
    ) { [course] in course.value.cut(at: $0) }
    proxies.databases.append(proxy)
    host.set(variable, to: server.address(of: name, in: folder))
    return address
  }

  private func place(_ name: String, _ faults: UpstreamFaults, _ proxies: inout Proxies) throws {
    let proxy = try UpstreamProxy(loop, to: "http://127.0.0.1:\(host.port(faults.door))", treat: treatment(faults))
    proxies.upstreams.append(proxy)
    if case .calls = faults { proxies.providers.append(proxy) }
    host.set(host.project.variable(name, "BASE_URL"), to: proxy.url)
  }

  private func treatment(_ faults: UpstreamFaults) -> UpstreamProxy.Treatment {
    let course = course
    switch faults {
    case .calls:
      return { try await $0.call(course.value.fault(ofCall: $0.label)) }
    case .deliveries:
      let order = DeliveryOrder(loop)
      return { try await $0.delivery(course.value.fault(ofDelivery: $0.label), order) }
    }
  }
}
