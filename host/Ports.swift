import EventLoop
import Gateway
import Manifest

/// Which door is on which port.
struct Ports: Sendable {
  let address: String
  private let isSecure: Bool
  let doors: [(door: Door, port: Int)]

  init(_ settings: Settings, _ host: HostManifest, _ bundles: [BundleManifest]) {
    address = settings.address
    isSecure = host.tls != nil
    var doors: [(door: Door, port: Int)] = [(.gateway, host.gatewayPort), (.admin, host.adminPort)]
    for bundle in bundles { doors.append((.service(bundle.name), bundle.port)) }
    self.doors = doors.map { ($0.door, $0.port + settings.portBase) }
  }

  func port(of door: Door) -> Int { doors.first { $0.door == door }?.port ?? 0 }

  func url(of door: Door) -> String {
    let scheme = door == .gateway && isSecure ? "https" : "http"
    return "\(scheme)://\(address.contains(":") ? "[\(address)]" : address):\(port(of: door))"
  }

  /// Binds the door's port.
  /// - Throws: ``Refusal`` that names the port and the setting that moves it.
  func bind(_ door: Door) throws -> BoundSocket {
    do {
      return try BoundSocket(host: address, port: port(of: door))
    } catch {
      throw Refusal(
        "\(Ports.name(door)) can't listen on port \(port(of: door)): \(error.message). Stop what uses it, or move "
          + "\(Ports.setting(door)); LAKOO_PORT_BASE=20000 moves all ports by 20000.", exitCode: 1)
    }
  }

  private static func name(_ door: Door) -> String {
    switch door {
    case .gateway: "the gateway"
    case .admin: "the admin port"
    case .local: "the host's own socket"
    case .service(let name): "bundle \(name)"
    }
  }

  private static func setting(_ door: Door) -> String {
    switch door {
    case .gateway: "it by ports.gateway in manifests/host.yaml"
    case .admin, .local: "it by ports.admin in manifests/host.yaml"
    case .service(let name): "it by 'port' in manifests/\(name).yaml"
    }
  }
}
