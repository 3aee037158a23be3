private import Foundation
private import Glibc

/// A Redis of the test's own, on a port of its own.
public final class RedisServer: @unchecked Sendable {
  public let port: Int
  private let password: String?
  private var process: Process?

  public init(password: String? = nil) throws {
    self.password = password
    port = try freePort()
    try start()
  }

  public func url(_ password: String? = nil) -> String {
    let login = (password ?? self.password).map { ":\($0)@" } ?? ""
    return "redis://\(login)127.0.0.1:\(port)/2"
  }

  public func start() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/redis-server")
    process.arguments =
      ["--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/tmp"]
      + (password.map { ["--requirepass", $0] } ?? [])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
  }

  /// Stands still, with its connections open.
  public func freeze() { send(SIGSTOP) }
  public func thaw() { send(SIGCONT) }

  public func kill() {
    send(SIGKILL)
    process?.waitUntilExit()
    process = nil
  }

  private func send(_ signal: Int32) { if let process { Glibc.kill(process.processIdentifier, signal) } }

  deinit { kill() }
}

/// One that nobody listens at now.
private func freePort() throws -> Int {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let status = withUnsafeMutablePointer(to: &address) { address in
    address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      guard bind(descriptor, $0, length) == 0 else { return Int32(-1) }
      return getsockname(descriptor, $0, &length)
    }
  }
  guard status == 0 else { throw CocoaError(.fileReadUnknown) }
  return Int(UInt16(bigEndian: address.sin_port))
}
