import EventLoop
import Gateway
import HTTPServer
import Manifest

/// Which door is on which port.
struct Ports: Sendable {
  let address: String
  let doors: [(door: Door, port: Int)]

  init(_ settings: Settings, _ plan: Plan) {
    address = settings.address
    var doors: [(door: Door, port: Int)] = [(.gateway, plan.host.gatewayPort), (.admin, plan.host.adminPort)]
    for bundle in plan.bundles { doors.append((.service(bundle.manifest.name), bundle.manifest.port)) }
    self.doors = doors.map { ($0.door, $0.port + settings.portBase) }
  }

  func port(of door: Door) -> Int { doors.first { $0.door == door }?.port ?? 0 }

  func url(of door: Door) -> String { "http://\(address.contains(":") ? "[\(address)]" : address):\(port(of: door))" }

  /// Listens on all of them.
  /// - Throws: ``Refusal`` that names the port and the setting that moves it.
  func listen(_ server: HTTPServer) throws {
    for (tag, (door, port)) in doors.enumerated() {
      do {
        try server.listen(on: .tcp(host: address, port: port), tag: tag)
      } catch {
        throw Refusal(
          "\(Ports.name(door)) can't listen on port \(port): \(error.message). Stop what uses it, or move "
            + "\(Ports.setting(door)); LAKOO_PORT_BASE=20000 moves all ports by 20000.", exitCode: 1)
      }
    }
  }

  private static func name(_ door: Door) -> String {
    switch door {
    case .gateway: "the gateway"
    case .admin: "the admin port"
    case .service(let name): "bundle \(name)"
    }
  }

  private static func setting(_ door: Door) -> String {
    switch door {
    case .gateway: "it by ports.gateway in manifests/host.yaml"
    case .admin: "it by ports.admin in manifests/host.yaml"
    case .service(let name): "it by 'port' in manifests/\(name).yaml"
    }
  }
}
