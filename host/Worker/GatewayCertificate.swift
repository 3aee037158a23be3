import EventLoop
import FunctionKit
import HTTPServer
import Runtime
import TLS

/// Keeps the gateway's port at the certificate that its files hold now.
final class GatewayCertificate: Sendable {
  private let source: LoopLocal<TLSSource>
  private let timer: LoopTimer
  private let log: HostLog

  /// How often the files are looked at.
  private static let interval: UInt64 = 2000

  init(_ source: TLSSource, _ loop: EventLoop, log: HostLog) {
    self.source = LoopLocal(loop, source)
    self.log = log
    timer = LoopTimer(loop)
  }

  /// Time may have passed since the worker was made ready, so it looks at once.
  func secure(_ server: HTTPServer, tag: Int) {
    server.secure(tag: tag, with: source.value.context)
    look(server, tag)
    timer.start(after: Self.interval, repeating: Self.interval) { [self] in look(server, tag) }
  }

  private func look(_ server: HTTPServer, _ tag: Int) {
    do {
      guard let context = try source.value.refresh() else { return }
      server.secure(tag: tag, with: context)
      log.host(.info, "the gateway has a new certificate")
    } catch {
      log.host(.error, "the gateway keeps the certificate that it has: \(error)")
    }
  }

  func stop() { timer.close() }
}
