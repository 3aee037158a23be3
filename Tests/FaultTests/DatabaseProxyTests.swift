import EventLoop
import Foundation
import LoopTesting
import Testing

@testable import FaultTesting

/// The proxy over real sockets.
@Suite struct `The proxy before a database` {
  @Test func `a host that goes away amid an answer takes its session with it`() async throws {
    let folder = "/tmp/lakoo-proxy-test-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await withLoop { loop in
      let ended = LoopLocal(loop, false)
      let server = try Listener(loop, on: .unix(path: "\(folder)/server")) { session in
        session.whenClosed { ended.value = true }
        session.onDrain = { session.write(Self.rows) }
        session.startReading({ _ in session.write(Self.rows) }) { _ in session.close() }
      }
      let proxy = try DatabaseProxy(
        loop, database: "payment", on: "\(folder)/proxy", to: "\(folder)/server", decide: { _ in nil })
      let host = try await Stream.connect(loop, to: .unix(path: "\(folder)/proxy"))
      host.startReading({ _ in host.close() }) { _ in }
      host.write([0, 0, 0, 8, 0, 3, 0, 0])
      let deadline = loop.now + 10_000
      while !ended.value, loop.now < deadline { try await loop.sleep(for: .milliseconds(5)) }
      #expect(ended.value)
      proxy.close()
      server.close()
    }
  }

  /// More than a socket takes at once.
  private static let rows: [UInt8] = {
    let row: [UInt8] = [UInt8(ascii: "D"), 0, 0, 0x40, 0] + [UInt8](repeating: 0, count: 0x3ffc)
    return Array(repeatElement(row, count: 200).joined())
  }()
}
